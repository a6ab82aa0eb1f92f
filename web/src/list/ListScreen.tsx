import { Group, Tabs, Title } from '@mantine/core';
import { IconBriefcase, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Navigate } from 'react-router';
import { useCatalog } from '../api/catalog';
import { ViewSwitch } from '../board/ViewSwitch';
import { FilterChips } from '../filters/FilterChips';
import { readShown, writeShown } from '../grid/column';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { useViews } from '../views/useViews';
import { ViewMenu } from '../views/ViewMenu';
import { dealColumns, usualColumns } from './columns';
import { DealGrid } from './DealGrid';
import { ListToolbar } from './ListToolbar';
import { tabs, useListState, writeState } from './useListState';
import { keptOfState, stateOf, stateOfKept } from './views';

const DealPanel = lazy(() => import('../deals/DealPanel'));

/** The deals as a table. Everything it shows is in its address. */
export default function ListScreen() {
  const catalog = useCatalog();
  const format = useFormat();
  const [state, change, isBare] = useListState();
  // Who comes without an address begins with their starred view; afterwards an empty address means what it says.
  const [mayBegin, setMayBegin] = useState(isBare);
  const filters = useViews('deal');
  const columns = useMemo(() => dealColumns(catalog, format), [catalog, format]);
  const shown = useMemo(() => {
    const read = readShown(state.columns ?? usualColumns(state.tab), columns);
    return read.length > 0 ? read : readShown(usualColumns(state.tab), columns);
  }, [state.columns, state.tab, columns]);
  // What the answers make visible is drawn in pieces that keep the screen answering.
  const isWaiting = useDeferredValue(catalog.isLoading || (mayBegin && filters.isLoading));
  const isReady = !isWaiting && !filters.isLoading;
  useEffect(() => {
    if (isReady) setMayBegin(false);
  }, [isReady]);

  if (catalog.error) return <ErrorState error={catalog.error} />;
  if (isWaiting || catalog.isLoading) return <LoadingRows rows={10} />;
  const begin = mayBegin && isBare ? filters.data?.data.find(view => view.is_default) : undefined;
  if (begin) return <Navigate to={`?${writeState(stateOf(begin))}`} replace />;

  return (
    <div style={{ display: 'flex', height: '100%' }}>
      <div style={{ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0, position: 'relative' }}>
        <Group px="md" pt="sm" gap="md">
          <Title order={1} size="h2">
            Deals
          </Title>
          <ViewSwitch current="list" pipelineId={state.pipeline ?? undefined} />
        </Group>
        <ListToolbar
          state={state}
          change={change}
          columns={columns}
          shown={shown}
          onShown={next => change({ columns: writeShown(next, columns) })}
          viewMenu={
            <ViewMenu
              subject="deal"
              kept={keptOfState(state)}
              current={state.view}
              views={filters.data?.data ?? []}
              onPick={(view, kept) => change(stateOfKept(kept, view))}
            />
          }
        />
        {state.where && (
          <div style={{ paddingInline: 16, paddingBottom: 8 }}>
            <FilterChips subject="deal" value={state.where} onChange={where => change({ where })} />
          </div>
        )}
        <Tabs
          value={state.tab}
          onChange={tab => change({ tab: tab as typeof state.tab, sort: null, columns: null })}
          px="md"
          keepMounted={false}
          aria-label="Deals by status"
        >
          <Tabs.List style={{ flexWrap: 'nowrap', overflowX: 'auto' }}>
            {[...tabs, ...(state.tab === 'all' ? (['all'] as const) : [])].map(tab => (
              <Tabs.Tab
                key={tab}
                value={tab}
                leftSection={
                  tab === 'deleted' ? (
                    <IconTrash size={14} aria-hidden />
                  ) : tab === 'open' ? (
                    <IconBriefcase size={14} aria-hidden />
                  ) : undefined
                }
              >
                {tab === 'all' ? 'Any status' : tab[0]!.toUpperCase() + tab.slice(1)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <DealGrid key={`${state.tab}`} state={state} change={change} columns={columns} shown={shown} />
      </div>
      {state.deal !== null && (
        <Suspense>
          <DealPanel id={state.deal} onClose={() => change({ deal: null })} />
        </Suspense>
      )}
    </div>
  );
}
