import type { UserGroup } from '../api/types';
import { allOf, type Condition } from '../filters/condition';

/** Whose deals a report is about, as its address says it. Null does not restrict. */
export type Scope = { pipeline: number | null; owner: number | null; team: number | null; label: number | null; where: Condition | null };

/** The groups of a team: it and those below it. */
export const teamOf = (team: number, groups: UserGroup[]): Set<number> => {
  const found = new Set([team]);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const group of groups) if (group.parent_id != null && found.has(group.parent_id)) found.add(group.id);
  }
  return found;
};

/** What the scope asks beyond pipeline and owner, which the API takes by name. */
export const beyond = (scope: Scope, members: number[]): Condition | null =>
  allOf(
    scope.team === null ? null : { field: 'owner_id', operator: 'in', values: members },
    scope.label === null ? null : { field: 'label_ids', operator: 'has', values: [scope.label] },
    scope.where,
  );

/** All of the scope as one condition, for lists. */
export const asCondition = (scope: Scope, members: number[]): Condition | null =>
  allOf(
    scope.pipeline === null ? null : { field: 'pipeline_id', operator: 'in', values: [scope.pipeline] },
    scope.owner === null ? null : { field: 'owner_id', operator: 'in', values: [scope.owner] },
    beyond(scope, members),
  );

/** The list of the deals of these ids; none where there are none. */
export const linkTo = (ids: number[] | undefined) =>
  ids && ids.length > 0 ? listUrl({ field: 'id', operator: 'in', values: ids }) : undefined;

/** The address of the list that shows these deals, whatever became of them. */
export const listUrl = (...conditions: (Condition | null)[]) => {
  const condition = allOf(...conditions);
  const query = new URLSearchParams({ tab: 'all' });
  if (condition) query.set('where', JSON.stringify(condition));
  return `/deals/list?${query}`;
};
