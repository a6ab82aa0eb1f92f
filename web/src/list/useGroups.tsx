import { Text } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Summary } from '../api/types';
import type { Condition } from '../filters/condition';
import { GroupHeading } from '../grid/GroupHeading';
import { type Candidate, labelGroups, noneOf, ownerGroups } from '../grid/groups';
import type { Section } from '../grid/sections';
import { useFormat } from '../ui/useFormat';
import { monthsBetween } from './months';
import { type Grouping, type ListState, queryOf } from './useListState';

export type GroupSection = Section & Pick<Candidate, 'query'>;

/** Counts and sums of deals. Deleted ones are in no sum, so their list counts itself. */
export const summaryOf = (state: ListState, group: GroupSection['query'] = {}, signal?: AbortSignal): Promise<Summary> => {
  const { scope, ...query } = queryOf(state, group);
  return ask(
    api.GET('/api/v1/deals/summary', { params: { query: { ...query, ...(scope === 'archived' ? { archived: true } : {}) } }, signal }),
  );
};

/** The groups that have deals, with their subtotals; none while nothing is grouped. A deal with two labels stands under both. */
export const useGroups = (state: ListState): { sections: GroupSection[] | null; error: Error | null } => {
  const format = useFormat();
  const catalog = useCatalog();
  const by = state.group;
  const range = useQuery({
    queryKey: ['deals', 'range', queryOf(state)],
    queryFn: async ({ signal }) => {
      const where: Condition = { field: 'expected_close', operator: 'is_not_empty' };
      const end = (sort: string) =>
        ask(
          api.GET('/api/v1/deals', {
            params: { query: { ...queryOf(state, { where }), sort: [sort], limit: 1, fields: ['expected_close'] } },
            signal,
          }),
        );
      const [first, last] = await Promise.all([end('expected_close'), end('-expected_close')]);
      return { first: first.data[0]?.expected_close ?? null, last: last.data[0]?.expected_close ?? null };
    },
    enabled: by === 'month',
  });

  const candidates = useMemo((): Candidate[] => {
    if (!by) return [];
    const makers: Record<Grouping, () => Candidate[]> = {
      stage: () =>
        catalog.stages
          .filter(stage => stage.kind === 'open' && (!state.pipeline || stage.pipeline_id === state.pipeline))
          .map(stage => ({
            key: `stage ${stage.id}`,
            label:
              state.pipeline || catalog.pipelines.length < 2 ? stage.name : `${stage.name} · ${catalog.pipeline(stage.pipeline_id)?.name}`,
            query: { stage_id: stage.id },
          })),
      owner: () => ownerGroups(catalog),
      label: () => labelGroups(catalog, 'deal'),
      month: () => {
        const months = monthsBetween(range.data?.first, range.data?.last);
        const end = months.at(-1)?.last;
        return [
          ...months.map(month => ({
            key: month.key,
            label: format.month(month.key),
            query: { where: { field: 'expected_close', operator: 'between', values: [month.first, month.last] } as Condition },
          })),
          ...(end && end < (range.data?.last ?? '')
            ? [{ key: 'later', label: 'Later', query: { where: { field: 'expected_close', operator: 'more', value: end } as Condition } }]
            : []),
          noneOf('expected_close', 'No expected close'),
        ];
      },
    };
    return makers[by]();
  }, [by, catalog, state.pipeline, range.data, format]);

  const summaries = useQueries({
    queries: candidates.map(candidate => ({
      queryKey: ['deals', 'summary', queryOf(state, candidate.query)],
      queryFn: ({ signal }: { signal: AbortSignal }) => summaryOf(state, candidate.query, signal),
      placeholderData: (before: Summary | undefined) => before,
    })),
  });

  if (!by) return { sections: null, error: null };
  const sections = candidates.flatMap((candidate, index): GroupSection[] => {
    const summary = summaries[index]?.data;
    if (!summary?.deals) return [];
    return [
      {
        key: candidate.key,
        query: candidate.query,
        count: summary.deals,
        label: candidate.label,
        heading: <Heading label={candidate.label} summary={summary} />,
      },
    ];
  });
  return { sections, error: range.error ?? summaries.find(one => one.error)?.error ?? null };
};

const Heading = ({ label, summary }: { label: string; summary: Summary }) => {
  const format = useFormat();
  const [first, second, ...more] = summary.currencies.filter(one => one.value !== 0);
  return (
    <GroupHeading label={label} count={`${format.number(summary.deals)} ${summary.deals === 1 ? 'deal' : 'deals'}`}>
      <Text component="span" size="sm" className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {[first, second].flatMap(one => (one ? [format.money(one.value, one.currency)] : [])).join(' + ')}
        {more.length > 0 && ` + ${more.length} more`}
        {second && ` = ${format.money(summary.value, summary.converted_to, true)}`}
      </Text>
    </GroupHeading>
  );
};
