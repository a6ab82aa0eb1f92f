import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useScope } from '../scope/useScope';
import { useSession } from '../session/useSession';
import { useFormat } from '../ui/useFormat';
import { daysOf } from './period';
import type { Setting } from './setting';

/** What all reports of the screen go by: the scope and the period, as the address says them. */
export const useSetting = () => {
  const state = useScope();
  const catalog = useCatalog();
  const { workspace } = useSession();
  const format = useFormat();
  const { params, scope, query } = state;
  const pipeline = scope.pipeline ?? catalog.pipelines.find(one => one.is_default)?.id ?? catalog.pipelines[0]?.id;
  const days = daysOf(params.get('period'), params.get('from'), params.get('to'), format.today());
  const setting: Setting = {
    format,
    currency: workspace.base_currency,
    scope: state.condition,
    days,
    stages: catalog.stages,
    stageName: id => catalog.stage(id)?.name ?? 'A stage that is gone',
  };
  return {
    state,
    catalog,
    setting,
    days,
    /** Reports of stages are about one pipeline: the chosen one, or the default. */
    pipeline,
    about: scope.pipeline === null ? catalog.pipeline(pipeline)?.name : undefined,
    ofPipeline: {
      ...setting,
      scope: scope.pipeline === null && pipeline ? and(state.condition, pipeline) : state.condition,
    } as Setting,
    query: { ...query, ...days },
    base: workspace.base_currency,
  };
};

const and = (condition: Setting['scope'], pipeline: number): Setting['scope'] => {
  const own = { field: 'pipeline_id', operator: 'in' as const, values: [pipeline] };
  return condition ? { and: [own, condition] } : own;
};

type Asked = Record<string, string | number | boolean | undefined>;

/** The call as somebody would write it. */
export const callOf = (path: string, query: Asked) => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1/${path}${text ? `?${text}` : ''}`;
};

/** Reads one insight; it is read again when deals change. */
export const useInsight = <T>(path: string, query: Asked, read: () => Promise<T>, enabled = true) => {
  const result = useQuery({ queryKey: ['insights', path, query], queryFn: read, enabled, placeholderData: keepPreviousData });
  return { data: result.data, error: result.error, onRetry: () => void result.refetch(), call: callOf(path, query) };
};

export { api, ask };
