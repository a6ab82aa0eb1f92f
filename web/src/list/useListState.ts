import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { allOf, type Condition, read, write } from '../filters/condition';
import type { Sort } from '../grid/GridHead';

export const tabs = ['open', 'won', 'lost', 'archived', 'deleted'] as const;
/** `all` has no tab of its own: other screens link to deals of any status. */
export type Tab = (typeof tabs)[number] | 'all';
export const groupings = ['stage', 'owner', 'month', 'label'] as const;
export type Grouping = (typeof groupings)[number];

/** What the list shows, as its address says it. */
export type ListState = {
  tab: Tab;
  pipeline: number | null;
  search: string;
  where: Condition | null;
  sort: Sort | null;
  group: Grouping | null;
  /** As in {@link writeShown}; none means the usual columns. */
  columns: string | null;
  view: number | null;
  /** The deal that is open beside the list. */
  deal: number | null;
};

export const standardSort: Record<Tab, Sort> = {
  open: { field: 'expected_close', down: false },
  won: { field: 'won_at', down: true },
  lost: { field: 'lost_at', down: true },
  archived: { field: 'updated_at', down: true },
  deleted: { field: 'updated_at', down: true },
  all: { field: 'updated_at', down: true },
};

const known = <T extends string>(words: readonly T[], word: string | null) => words.find(one => one === word) ?? null;

export const readState = (params: URLSearchParams): ListState => {
  const sort = params.get('sort');
  return {
    tab: known([...tabs, 'all'] as const, params.get('tab')) ?? 'open',
    pipeline: Number(params.get('pipeline')) || null,
    search: params.get('q') ?? '',
    where: read(params.get('where')),
    sort: sort ? { field: sort.replace(/^-/, ''), down: sort.startsWith('-') } : null,
    group: known(groupings, params.get('group')),
    columns: params.get('columns'),
    view: Number(params.get('view')) || null,
    deal: Number(params.get('deal')) || null,
  };
};

export const writeSort = (sort: Sort | null) => (sort ? `${sort.down ? '-' : ''}${sort.field}` : undefined);

export const writeState = (state: ListState): URLSearchParams => {
  const given = {
    view: state.view ? String(state.view) : '',
    tab: state.tab === 'open' ? '' : state.tab,
    pipeline: state.pipeline ? String(state.pipeline) : '',
    q: state.search,
    where: write(state.where) ?? '',
    sort: writeSort(state.sort) ?? '',
    group: state.group ?? '',
    columns: state.columns ?? '',
    deal: state.deal ? String(state.deal) : '',
  };
  return new URLSearchParams(Object.entries(given).filter(([, text]) => text !== ''));
};

/** What the tab and the pipeline mean to the API, beside the condition. */
export const placeOf = ({ tab, pipeline, search }: Pick<ListState, 'tab' | 'pipeline' | 'search'>) => ({
  ...(tab === 'open' || tab === 'won' || tab === 'lost' ? { status: tab } : {}),
  ...(tab === 'archived' || tab === 'deleted' ? { scope: tab } : {}),
  ...(pipeline ? { pipeline_id: pipeline } : {}),
  ...(search ? { search } : {}),
});

/** Narrowing parameters of one group on top of the list's own. */
export const queryOf = (state: ListState, group: { stage_id?: number; owner_id?: number; where?: Condition } = {}) => {
  const { where, ...ids } = group;
  return { ...placeOf(state), ...ids, where: write(allOf(state.where, where)) };
};

export const useListState = (): [ListState, (change: Partial<ListState>) => void, boolean] => {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readState(params), [params]);
  const change = (next: Partial<ListState>) =>
    setParams(now => writeState({ ...readState(now), ...next }), { replace: 'columns' in next || 'search' in next });
  return [state, change, params.size === 0];
};
