import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { layOut } from '../grid/sections';
import { pageSize, usePages } from '../grid/usePages';
import { type Contact, type Kind, kinds } from './kinds';
import type { ListAddress } from './useListAddress';

type Sight = { first: number; last: number };

/** The contacts that the address asks for: how many there are, and those in sight. */
export const useContactRows = <Row extends Contact>(
  kind: Kind,
  { text, owner, where, sort }: ListAddress,
  sight: Sight,
  enabled: boolean,
  onLoaded?: (rows: Row[]) => void,
) => {
  const root = `${kind}s`;
  const query = { ...(text ? { search: text } : {}), ...(owner ? { owner_id: owner } : {}), ...(where ? { where } : {}) };
  const counted = useQuery({
    queryKey: [root, 'count', query],
    queryFn: async () => (await kinds[kind].page({ ...query, limit: 1, total: true, fields: ['id'] })).total ?? 0,
    placeholderData: before => before,
    enabled,
  });
  const layout = useMemo(() => layOut([{ key: 'all', count: enabled ? counted.data : 0 }], new Set()), [counted.data, enabled]);
  const pages = usePages<Row>([root, 'list', query, sort], layout, sight.first, sight.last, async (_, cursor, signal) => {
    const page = await kinds[kind].page({ ...query, sort: [sort], limit: pageSize, ...(cursor ? { cursor } : {}) }, signal);
    return { data: page.data as Row[], next_cursor: page.next_cursor };
  });
  const loaded = pages.loaded();
  const known = loaded.map(row => `${row.id}.${row.version}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is loaded says it all.
  useEffect(() => onLoaded?.(loaded), [known]);
  return {
    count: counted.data,
    layout,
    pages,
    error: counted.error ?? pages.error,
    retry: () => (counted.error ? void counted.refetch() : pages.retry()),
  };
};
