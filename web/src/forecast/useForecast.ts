import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask } from '../api/client';
import { useScope } from '../scope/useScope';
import { useFormat } from '../ui/useFormat';
import { columnsOf, counts, type Interval, step, type View } from './forecast';

export type GroupBy = 'owner' | 'pipeline';
export type Rates = 'today' | 'locked';

const among = <T extends string>(text: string | null, words: readonly T[], standard: T): T => words.find(word => word === text) ?? standard;

/** The forecast that the address asks for: what it is cut into, its buckets, the goals, and the comparison when it is wanted. */
export const useForecast = () => {
  const state = useScope();
  const { scope, query, params } = state;
  const today = useFormat().today();
  const interval = among<Interval>(params.get('interval'), ['week', 'month', 'quarter'], 'month');
  const view = among<View>(params.get('by'), ['close', 'won', 'recurring'], 'close');
  const given = params.get('group');
  const groupBy: GroupBy | null = given === 'owner' || given === 'pipeline' ? given : null;
  const currency = params.get('currency');
  const rates = among<Rates | ''>(params.get('rates'), ['today', 'locked'], '') || null;
  const isCompared = params.get('compare') === '30' && view === 'close';

  const columns = useMemo(() => columnsOf(interval, view, today), [interval, view, today]);
  const first = columns.find(column => column.kind === 'period')!;
  const asked = {
    ...query,
    pipeline_id: scope.pipeline ?? undefined,
    convert_to: currency ?? undefined,
    rates: rates ?? undefined,
    first_month: first.kind === 'period' ? first.first : undefined,
  };

  const forecast = useQuery({
    queryKey: ['forecast', 'buckets', asked, interval, view, groupBy],
    queryFn: async () =>
      (
        await ask(
          api.GET('/api/v1/insights/forecast', {
            params: { query: { ...asked, interval, group_by: groupBy ?? undefined, recurring: view === 'recurring' || undefined } },
          }),
        )
      ).data,
    placeholderData: before => before,
  });
  const goals = useQuery({
    queryKey: ['goals'],
    queryFn: async () => (await ask(api.GET('/api/v1/goals', { params: { query: { limit: 500 } } }))).data,
  });
  const comparison = useQuery({
    queryKey: ['forecast', 'comparison', asked],
    queryFn: () => ask(api.GET('/api/v1/insights/forecast/comparison', { params: { query: { ...asked, days: 30, with_deals: true } } })),
    enabled: isCompared,
  });

  return {
    state,
    interval,
    view,
    groupBy,
    currency,
    rates,
    columns,
    today,
    forecast,
    goals: goals.data ?? [],
    comparison: isCompared ? comparison : null,
    /** The last day that a column shows. */
    end: step(interval, first.kind === 'period' ? first.first : today, counts[interval]),
  };
};

export type ForecastState = ReturnType<typeof useForecast>;
