import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { api, ask } from '../api/client';
import { onEvent } from '../api/live';
import type { Board } from '../api/types';
import { write } from '../filters/condition';
import { appendCards, mergeColumns, refreshCards } from './board';
import { showStill } from './still';
import type { BoardView } from './useBoardView';

const include: ('person' | 'organization')[] = ['person', 'organization'];

/** The board of the view: first cards of each column in one request, more of a column when it is scrolled, others' changes as they come. */
export const useBoard = (view: BoardView) => {
  const queries = useQueryClient();
  const { pipeline, order, where, filterId } = view;
  const id = pipeline?.id;
  const key = useMemo(() => ['board', id, order, where, filterId] as const, [id, order, where, filterId]);
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      mergeColumns(
        queries.getQueryData<Board>(key),
        await ask(
          api.GET('/api/v1/pipelines/{id}/board', {
            params: { path: { id: id! }, query: { order, where, filter_id: filterId, include, cards: 25 } },
            signal,
          }),
        ),
      ),
    enabled: id !== undefined,
    placeholderData: keepPreviousData,
  });

  // Cards below the first pages are not read again with them; those that changed are asked for by name.
  const changed = useRef(new Set<number>());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = async () => {
      const ids = [...changed.current].filter(one =>
        queries.getQueryData<Board>(key)?.columns.some(column => column.cards.findIndex(card => card.id === one) >= 25),
      );
      changed.current.clear();
      if (ids.length === 0) return;
      const now = await ask(
        api.GET('/api/v1/deals', {
          params: { query: { where: write({ field: 'id', operator: 'in', values: ids }), limit: 500, include } },
        }),
      );
      queries.setQueryData<Board>(key, board => board && refreshCards(board, ids, now.data));
    };
    const stop = onEvent(event => {
      if (event.deal_id == null && event.subject !== 'deal') return;
      changed.current.add(event.deal_id ?? event.subject_id);
      clearTimeout(timer);
      timer = setTimeout(() => void refresh().catch(() => {}), 400);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [key, queries]);

  const loading = useRef(new Set<number>());
  const loadMore = useCallback(
    async (stageId: number) => {
      const cursor = queries.getQueryData<Board>(key)?.columns.find(column => column.stage?.id === stageId)?.next_cursor;
      if (!cursor || loading.current.has(stageId)) return;
      loading.current.add(stageId);
      try {
        const page = await ask(
          api.GET('/api/v1/stages/{id}/cards', {
            params: { path: { id: stageId }, query: { order, where, filter_id: filterId, include, cards: 50, cursor } },
          }),
        );
        showStill(queries, key, board => appendCards(board, stageId, page.data, page.next_cursor));
      } finally {
        loading.current.delete(stageId);
      }
    },
    [key, order, where, filterId, queries],
  );

  return { ...query, board: query.data?.pipeline?.id === id ? query.data : undefined, key, loadMore };
};
