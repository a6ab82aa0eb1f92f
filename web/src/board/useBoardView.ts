import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { allOf, type Condition, complete, read, write } from '../filters/condition';
import { useSession } from '../session/useSession';
import { useFormat } from '../ui/useFormat';
import { type Chip, chipCondition, chipNames } from './chips';

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
