import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import type { Column, Shown } from '../grid/column';
import { layOut } from '../grid/sections';
import { usePages } from '../grid/usePages';
import { type GroupSection, summaryOf, useGroups } from './useGroups';
import { type ListState, queryOf, standardSort, writeSort } from './useListState';

const always = ['id', 'version', 'title', 'status', 'pipeline_id'];

/** What the list is of: how many, what they come to, in which groups, and the rows that are in sight. */
export const useDealRows = (
  state: ListState,
  columns: Column<Deal>[],
  shown: Shown[],
  sight: { first: number; last: number },
  closed: ReadonlySet<string>,
) => {
  const isDeleted = state.tab === 'deleted';
  const summary = useQuery({
    queryKey: ['deals', 'summary', queryOf(state)],
    queryFn: ({ signal }) => summaryOf(state, {}, signal),
    enabled: !isDeleted,
    placeholderData: before => before,
  });
  const deleted = useQuery({
    queryKey: ['deals', 'count', queryOf(state)],
    queryFn: async ({ signal }) =>
      (await ask(api.GET('/api/v1/deals', { params: { query: { ...queryOf(state), limit: 1, total: true, fields: ['id'] } }, signal })))
        .total ?? 0,
    enabled: isDeleted,
  });
  const count = isDeleted ? deleted.data : summary.data?.deals;
  const groups = useGroups(state);

  const sort = state.sort ?? standardSort[state.tab];
  const used = shown.flatMap(one => columns.find(column => column.id === one.id) ?? []);
  const include = [...new Set(used.flatMap(column => column.include ?? []))];
  const fields = [...new Set([...always, ...used.flatMap(column => column.fields ?? [])])];
  const isGrouped = state.group !== null;
  const sections: GroupSection[] = useMemo(
    () => (isGrouped ? (groups.sections ?? []) : [{ key: 'all', count, query: {} }]),
    [isGrouped, groups.sections, count],
  );
  const queryKey = ['deals', 'list', queryOf(state), state.group, writeSort(sort), fields.join(), include.join()];
  const layout = useMemo(() => layOut(sections, closed), [sections, closed]);
  const pages = usePages<Deal>(queryKey, layout, sight.first, sight.last, (section, cursor, signal) => {
    const query = {
      ...queryOf(state, (section as GroupSection).query),
      sort: [writeSort(sort)!],
      limit: 200,
      fields,
      include: include as never,
      ...(cursor ? { cursor } : {}),
    };
    return ask(api.GET('/api/v1/deals', { params: { query }, signal }));
  });
  return {
    isDeleted,
    summary: isDeleted ? undefined : summary.data,
    count,
    sort,
    layout,
    pages,
    error: summary.error ?? deleted.error ?? groups.error ?? pages.error,
    retry: () => void (isDeleted ? deleted.refetch() : summary.refetch()),
  };
};
