import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { onEvent } from '../api/live';
import type { Board } from '../api/types';
import { allOf, type Condition, complete, read, write } from '../filters/condition';
import { useSession } from '../session/useSession';
import { useFormat } from '../ui/useFormat';
import { appendCards, type Chip, chipCondition, chipNames, mergeColumns, refreshCards } from './board';

export const orders = {
  urgency: 'Activity urgency',
  next_activity: 'Next activity',
  value: 'Value',
  expected_close: 'Expected close',
  stage_age: 'Time in stage',
  updated: 'Last update',
  title: 'Title',
  position: 'Manual',
} as const;
export type Order = keyof typeof orders;

const include: ('person' | 'organization')[] = ['person', 'organization'];
const lastPipeline = 'tributary-pipeline';

/** What the address says is shown. */
export const useBoardView = () => {
  const [params, setParams] = useSearchParams();
  const catalog = useCatalog();
  const { user } = useSession();
  const format = useFormat();
  const wanted = Number(params.get('pipeline') ?? localStorage.getItem(lastPipeline));
  const pipeline = catalog.pipeline(wanted) ?? catalog.pipelines.find(one => one.is_default) ?? catalog.pipelines[0];
  const chip = (Object.keys(chipNames) as Chip[]).find(one => one === params.get('show')) ?? null;
  const order = (params.get('order') ?? 'urgency') in orders ? ((params.get('order') ?? 'urgency') as Order) : 'urgency';
  const where = params.get('where');
  const filterId = params.get('filter');
  const today = format.today();
  const condition = useMemo(() => read(where), [where]);

  const change = useCallback(
    (changes: Record<string, string | null>, replace = true) =>
      setParams(
        before => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) value === null ? next.delete(name) : next.set(name, value);
          return next;
        },
        { replace },
      ),
    [setParams],
  );

  // One object while the address stays, so that a column is drawn again only for its own sake.
  // biome-ignore lint/correctness/useExhaustiveDependencies: all that it holds comes from these.
  return useMemo(
    () => ({
      pipeline,
      catalog,
      chip,
      order,
      condition,
      filterId: filterId ? Number(filterId) : undefined,
      dealId: Number(params.get('deal')) || null,
      baseWhere: write(complete(condition)),
      where: write(allOf(complete(condition), chip && chipCondition(chip, user.id, today))),
      isNarrowed: Boolean(chip || where || filterId),
      choosePipeline: (id: number) => {
        localStorage.setItem(lastPipeline, String(id));
        change({ pipeline: String(id), deal: null });
      },
      setChip: (next: Chip | null) => change({ show: next }),
      setOrder: (next: Order) => change({ order: next === 'urgency' ? null : next }),
      setCondition: (next: Condition | null) => change({ where: write(next) ?? null }),
      setFilter: (id: number | null) => change({ filter: id === null ? null : String(id) }),
      openDeal: (id: number | null) => change({ deal: id === null ? null : String(id) }, id === null),
      clear: () => change({ show: null, where: null, filter: null }),
    }),
    [params, catalog, pipeline, user.id, today, change],
  );
};

export type BoardView = ReturnType<typeof useBoardView>;

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
        queries.setQueryData<Board>(key, board => board && appendCards(board, stageId, page.data, page.next_cursor));
      } finally {
        loading.current.delete(stageId);
      }
    },
    [key, order, where, filterId, queries],
  );

  return { ...query, board: query.data?.pipeline?.id === id ? query.data : undefined, key, loadMore };
};

/** Counts without the quick chip, which say what each chip would show. */
export const useChipCounts = (view: BoardView) => {
  const { user } = useSession();
  const format = useFormat();
  const { pipeline, baseWhere, filterId, condition } = view;
  const id = pipeline?.id;
  const board = useQuery({
    queryKey: ['board', id, 'counts', baseWhere, filterId],
    queryFn: () =>
      ask(
        api.GET('/api/v1/pipelines/{id}/board', {
          params: { path: { id: id! }, query: { where: baseWhere, filter_id: filterId, cards: 0 } },
        }),
      ),
    enabled: id !== undefined,
  }).data;
  const summary = (chip: Chip) => ({
    queryKey: ['board', id, 'summary', chip, baseWhere, filterId],
    queryFn: () =>
      ask(
        api.GET('/api/v1/deals/summary', {
          params: {
            query: {
              pipeline_id: id,
              status: 'open',
              where: write(allOf(complete(condition), chipCondition(chip, user.id, format.today()))),
              filter_id: filterId,
            },
          },
        }),
      ),
    enabled: id !== undefined,
  });
  const mine = useQuery(summary('mine')).data?.deals;
  const closing = useQuery(summary('closing')).data?.deals;
  const sum = (of: (column: Board['columns'][number]) => number | undefined) =>
    board?.columns.reduce((total, column) => total + (of(column) ?? 0), 0);
  const counts: Record<Chip, number | undefined> = {
    mine,
    overdue: sum(column => column.activities?.overdue),
    today: sum(column => column.activities?.today),
    planned: sum(column => column.activities?.planned),
    none: sum(column => column.activities?.none),
    rotting: sum(column => column.rotten),
    closing,
  };
  return counts;
};
