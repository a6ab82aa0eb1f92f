import { Button } from '@mantine/core';
import { IconBriefcase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { useCreate } from '../app/create';
import { FirstRunActions } from '../app/FirstRunActions';
import { useIsPhone } from '../app/Shell';
import { type Column, type Shown, writeShown } from '../grid/column';
import { Grid, type Selecting } from '../grid/Grid';
import { layOut, type Section } from '../grid/sections';
import { usePages } from '../grid/usePages';
import { Empty, ErrorState, FilteredOut, LoadingRows } from '../ui/states';
import { BulkDialog } from './BulkDialog';
import type { BulkChange } from './bulk';
import { bulkFields } from './bulkFields';
import { ListFooter } from './ListFooter';
import { SelectionBar } from './SelectionBar';
import { useDealSaving } from './useDealSaving';
import { type GroupSection, summaryOf, useGroups } from './useGroups';
import { type ListState, queryOf, standardSort, writeSort } from './useListState';

type Props = { state: ListState; change: (next: Partial<ListState>) => void; columns: Column<Deal>[]; shown: Shown[] };

const always = ['id', 'version', 'title', 'status', 'pipeline_id'];

/** The rows of the list: loaded as they come into sight, edited in place, selected, counted. */
export const DealGrid = ({ state, change, columns, shown: wanted }: Props) => {
  const isPhone = useIsPhone();
  // The frozen column must leave room for another one.
  const shown = useMemo(
    () => (isPhone ? wanted.map((one, at) => (at === 0 ? { ...one, width: Math.min(one.width, 190) } : one)) : wanted),
    [isPhone, wanted],
  );
  const catalog = useCatalog();
  const create = useCreate();
  const navigate = useNavigate();
  const [sight, setSight] = useState({ first: 0, last: 30 });
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<ReadonlySet<number> | 'all'>(new Set());
  const [bulk, setBulk] = useState<{ change: BulkChange | null } | null>(null);
  const narrowed = JSON.stringify(queryOf(state));
  // Another filter, another choice.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is listed changed.
  useEffect(() => setChosen(new Set()), [narrowed]);

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
  const onSight = useCallback(
    (first: number, last: number) => setSight(now => (now.first === first && now.last === last ? now : { first, last })),
    [],
  );
  const save = useDealSaving(columns);

  const isNarrowed = state.where !== null || state.search !== '' || state.pipeline !== null;
  const clear = () => change({ where: null, search: '', pipeline: null, view: null });
  const error = summary.error ?? deleted.error ?? groups.error ?? pages.error;

  if (error && count === undefined)
    return <ErrorState error={error} onRetry={() => void (isDeleted ? deleted.refetch() : summary.refetch())} />;
  if (count === undefined) return <LoadingRows rows={12} height={30} />;
  if (count === 0) return isNarrowed ? <FilteredOut onClear={clear} /> : <Nothing tab={state.tab} onCreate={() => create('deal')} />;

  const has = (deal: Deal) => chosen === 'all' || chosen.has(deal.id);
  const loaded = pages.loaded();
  const select: Selecting<Deal> = {
    has,
    toggle: (deal, on) => {
      const next = new Set(chosen === 'all' ? loaded.map(one => one.id) : chosen);
      if (on) next.add(deal.id);
      else next.delete(deal.id);
      setChosen(next);
    },
    all: chosen === 'all' || (loaded.length > 0 && loaded.every(has)) ? true : chosen.size > 0 ? 'some' : false,
    onAll: () => setChosen(chosen === 'all' || chosen.size > 0 ? new Set() : new Set(loaded.map(deal => deal.id))),
  };
  const chosenCount = chosen === 'all' ? count : chosen.size;

  return (
    <>
      <div style={{ flex: 1, minHeight: 0, position: 'relative' }}>
        {error && <ErrorState error={error} onRetry={pages.retry} />}
        <Grid
          label="Deals"
          columns={columns}
          shown={shown}
          onShown={next => change({ columns: writeShown(next, columns) })}
          sort={sort}
          onSort={next => change({ sort: next })}
          layout={layout}
          onToggle={(section: Section) =>
            setClosed(now => (now.has(section.key) ? new Set([...now].filter(key => key !== section.key)) : new Set([...now, section.key])))
          }
          row={pages.row}
          onSight={onSight}
          nameOf={deal => deal.title}
          onSave={isDeleted || state.tab === 'archived' ? undefined : save}
          onOpen={deal => (isPhone ? navigate(`/deals/${deal.id}`) : change({ deal: deal.id }))}
          onFollow={address => (isPhone ? navigate(address) : change({ deal: Number(address.split('/').pop()) }))}
          select={select}
        />
        {chosenCount > 0 && (
          <SelectionBar
            tab={state.tab}
            count={chosenCount}
            all={chosen !== 'all' && count > chosen.size ? count : null}
            onAll={() => setChosen('all')}
            onClear={() => setChosen(new Set())}
            onChange={asked => setBulk({ change: asked })}
          />
        )}
      </div>
      <ListFooter summary={isDeleted ? undefined : summary.data} count={count} />
      {bulk && (
        <BulkDialog
          state={state}
          ids={chosen === 'all' ? null : [...chosen]}
          count={chosenCount}
          fields={bulkFields(columns, catalog)}
          change={bulk.change}
          onClose={() => setBulk(null)}
          onDone={() => setChosen(new Set())}
        />
      )}
    </>
  );
};

const nothing: Record<ListState['tab'], { title: string; text: string }> = {
  open: { title: 'No open deals', text: 'Add the first one, or bring the deals you have.' },
  won: { title: 'Nothing won yet', text: 'Deals come here when they are won.' },
  lost: { title: 'Nothing lost', text: 'Deals come here when they are lost, with the reason why.' },
  archived: { title: 'The archive is empty', text: 'Archived deals keep their history and are in nobody’s way.' },
  deleted: { title: 'The bin is empty', text: 'Deleted deals wait here for 30 days and can be restored.' },
  all: { title: 'No deals', text: 'Add the first one, or bring the deals you have.' },
};

const Nothing = ({ tab, onCreate }: { tab: ListState['tab']; onCreate: () => void }) => (
  <Empty
    icon={IconBriefcase}
    title={nothing[tab].title}
    actions={
      (tab === 'open' || tab === 'all') && (
        <>
          <Button onClick={onCreate}>Add a deal</Button>
          <FirstRunActions />
        </>
      )
    }
  >
    {nothing[tab].text}
  </Empty>
);
