import { useCallback, useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCatalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { useCreate } from '../app/create';
import { useIsPhone } from '../app/Shell';
import { type Column, type Shown, writeShown } from '../grid/column';
import { Grid, type Selecting } from '../grid/Grid';
import type { Section } from '../grid/sections';
import { ErrorState, FilteredOut, LoadingRows } from '../ui/states';
import { BulkDialog } from './BulkDialog';
import type { BulkChange } from './bulk';
import { bulkFields } from './bulkFields';
import { ListFooter } from './ListFooter';
import { NoDeals } from './NoDeals';
import { SelectionBar } from './SelectionBar';
import { useDealRows } from './useDealRows';
import { useDealSaving } from './useDealSaving';
import { type ListState, queryOf } from './useListState';

type Props = { state: ListState; change: (next: Partial<ListState>) => void; columns: Column<Deal>[]; shown: Shown[] };

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

  const { isDeleted, summary, count, sort, layout, pages, error, retry } = useDealRows(state, columns, shown, sight, closed);
  const onSight = useCallback(
    (first: number, last: number) => setSight(now => (now.first === first && now.last === last ? now : { first, last })),
    [],
  );
  const save = useDealSaving(columns);

  const isNarrowed = state.where !== null || state.search !== '' || state.pipeline !== null;
  const clear = () => change({ where: null, search: '', pipeline: null, view: null });

  if (error && count === undefined) return <ErrorState error={error} onRetry={retry} />;
  if (count === undefined) return <LoadingRows rows={12} height={30} />;
  if (count === 0) return isNarrowed ? <FilteredOut onClear={clear} /> : <NoDeals tab={state.tab} onCreate={() => create('deal')} />;

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
      <ListFooter summary={summary} count={count} />
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
