import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCatalog } from '../api/catalog';
import { allOf, read, write } from '../filters/condition';
import { GroupHeading } from '../grid/GroupHeading';
import { type Candidate, labelGroups, ownerGroups } from '../grid/groups';
import { layOut, type Section } from '../grid/sections';
import { pageSize, usePages } from '../grid/usePages';
import { useFormat } from '../ui/useFormat';
import { type Contact, type Kind, kinds } from './kinds';
import type { ListAddress } from './useListAddress';

type Sight = { first: number; last: number };
type GroupSection = Section & Pick<Candidate, 'query'>;

/** What the address asks the API for, in one of its groups when there are some. */
export const queryOf = ({ text, owner, where }: Pick<ListAddress, 'text' | 'owner' | 'where'>, group: Candidate['query'] = {}) => {
  const condition = write(allOf(read(where), group.where));
  const owner_id = group.owner_id ?? owner;
  return { ...(text ? { search: text } : {}), ...(owner_id ? { owner_id } : {}), ...(condition ? { where: condition } : {}) };
};

/** The contacts that the address asks for: how many there are, and those in sight. */
export const useContactRows = <Row extends Contact>(
  kind: Kind,
  address: ListAddress,
  sight: Sight,
  closed: ReadonlySet<string>,
  enabled: boolean,
) => {
  const catalog = useCatalog();
  const format = useFormat();
  const { sort, group } = address;
  const root = `${kind}s`;
  const query = queryOf(address);
  const countOf = (narrowed: ReturnType<typeof queryOf>) => ({
    queryKey: [root, 'count', narrowed],
    queryFn: async () => (await kinds[kind].page({ ...narrowed, limit: 1, total: true, fields: ['id'] })).total ?? 0,
    placeholderData: (before: number | undefined) => before,
    enabled,
  });
  const counted = useQuery(countOf(query));
  // Narrowed to an owner, the groups of the others are empty.
  const candidates = useMemo(
    () =>
      group === 'owner'
        ? ownerGroups(catalog).filter(one => address.owner === null || one.query.owner_id === address.owner)
        : group === 'label'
          ? labelGroups(catalog, kind)
          : [],
    [group, catalog, kind, address.owner],
  );
  const counts = useQueries({ queries: candidates.map(one => countOf(queryOf(address, one.query))) });
  const known = counts.map(one => one.data).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the counts say it all.
  const layout = useMemo(() => {
    const sections: GroupSection[] =
      group === null
        ? [{ key: 'all', count: enabled ? counted.data : 0, query: {} }]
        : candidates.flatMap((one, index) => {
            const count = counts[index]?.data;
            const heading = <GroupHeading key={one.key} label={one.label} count={`${format.number(count)} ${count === 1 ? kind : root}`} />;
            return count ? [{ key: one.key, count, query: one.query, label: one.label, heading }] : [];
          });
    return layOut(sections, closed);
  }, [group, candidates, known, counted.data, enabled, closed, format]);
  const pages = usePages<Row>([root, 'list', query, group, sort], layout, sight.first, sight.last, async (section, cursor, signal) => {
    const narrowed = queryOf(address, (section as GroupSection).query);
    const page = await kinds[kind].page({ ...narrowed, sort: [sort], limit: pageSize, ...(cursor ? { cursor } : {}) }, signal);
    return { data: page.data as Row[], next_cursor: page.next_cursor };
  });
  const failed = counts.find(one => one.error);
  return {
    count: counted.data,
    layout,
    pages,
    error: counted.error ?? failed?.error ?? pages.error,
    retry: () => (counted.error ? void counted.refetch() : failed ? void failed.refetch() : pages.retry()),
  };
};
