import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconChartDots3 } from '@tabler/icons-react';
import { Fragment, useEffect, useRef } from 'react';
import { useCatalog } from '../api/catalog';
import { useCreate } from '../app/create';
import { Empty, ErrorState, FilteredOut, LoadingPage } from '../ui/states';
import { Cell, type Row } from './Cell';
import { ColumnHeader } from './ColumnHeader';
import { Comparison } from './Comparison';
import classes from './Forecast.module.css';
import { ForecastHeader } from './ForecastHeader';
import { type Bucket, bucketOf, type Column } from './forecast';
import { type ForecastState, useForecast } from './useForecast';
import { useMoves } from './useMoves';
import { WonDrop } from './WonDrop';

/** When deals are expected to be won, and what was. */
export default function ForecastScreen() {
  const forecast = useForecast();
  return (
    <div className={classes.screen}>
      <ForecastHeader forecast={forecast} />
      <Comparison forecast={forecast} />
      <Body forecast={forecast} />
    </div>
  );
}

const Body = ({ forecast }: { forecast: ForecastState }) => {
  const create = useCreate();
  const { data, error, isLoading, refetch } = forecast.forecast;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isLoading || !data) return <LoadingPage />;
  if (data.length === 0) {
    const { state } = forecast;
    if (state.isNarrowed || state.scope.pipeline !== null) {
      return <FilteredOut onClear={() => state.set({ pipeline: null, owner: null, team: null, label: null, where: null })} />;
    }
    return (
      <Empty icon={IconChartDots3} title="Nothing to forecast yet" actions={<Button onClick={() => create('deal')}>Add a deal</Button>}>
        Deals appear here by their expected close, won ones by the day they were won.
      </Empty>
    );
  }
  return <Grid forecast={forecast} buckets={data} />;
};

const Grid = ({ forecast, buckets }: { forecast: ForecastState; buckets: Bucket[] }) => {
  const frame = useRef<HTMLDivElement>(null);
  const moves = useMoves(forecast);
  const rows = useRows(forecast, buckets);
  const missing = [...new Set(buckets.flatMap(bucket => [...(bucket.open?.not_converted ?? []), ...(bucket.won?.not_converted ?? [])]))];
  useEffect(() => autoScrollForElements({ element: frame.current!, canScroll: ({ source }) => source.data.kind === 'forecast-card' }), []);

  const dealsOf = (column: Column, row: Row | null) => {
    const bucket = bucketOf(buckets, column, row?.id ?? null);
    return (forecast.view === 'won' ? 0 : (bucket?.open?.deals ?? 0)) + (bucket?.won?.deals ?? 0);
  };
  const first = (rows ?? [{ row: null }])
    .flatMap(({ row }) => forecast.columns.map(column => ({ row, column })))
    .find(({ row, column }) => dealsOf(column, row) > 0);
  const cell = (column: Column, row: Row | null) => (
    <Cell
      key={column.key}
      column={column}
      row={row}
      deals={dealsOf(column, row)}
      forecast={forecast}
      moves={moves}
      isHeldOver={moves.held?.over.key === column.key}
      isFirst={first?.row === row && first.column === column}
    />
  );
  return (
    <>
      {missing.length > 0 && (
        <Alert mx="md" mb="xs" py={6} color="orange.9" icon={<IconAlertTriangle size={16} aria-hidden />}>
          Not in the sums, because no rate is known: {missing.join(', ')}.
        </Alert>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must be able to scroll it. */}
      <section ref={frame} className={classes.scroll} tabIndex={0} aria-label="Deals by expected close">
        <div
          className={classes.grid}
          style={{ gridTemplateColumns: `repeat(${forecast.columns.length}, minmax(var(--forecast-column), 1fr))` }}
        >
          {forecast.columns.map(column => (
            <ColumnHeader key={column.key} column={column} forecast={forecast} />
          ))}
          {rows === null
            ? forecast.columns.map(column => cell(column, null))
            : rows.map(({ row, name }) => (
                <Fragment key={String(row.id)}>
                  <Text className={classes.rowName} component="h3">
                    <span>{name}</span>
                  </Text>
                  {forecast.columns.map(column => cell(column, row))}
                </Fragment>
              ))}
        </div>
      </section>
      {moves.isDragging && <WonDrop />}
    </>
  );
};

/** The rows in the order of their names; deals without an owner come last. */
const useRows = (forecast: ForecastState, buckets: Bucket[]): { row: Row; name: string }[] | null => {
  const catalog = useCatalog();
  const by = forecast.groupBy;
  if (by === null) return null;
  const name = (id: number | null) =>
    by === 'owner' ? (catalog.user(id)?.name ?? 'No owner') : (catalog.pipeline(id)?.name ?? 'Another pipeline');
  return [...new Set(buckets.map(bucket => bucket.group_id ?? null))]
    .map(id => ({ row: { by, id }, name: name(id) }))
    .sort((a, b) => Number(a.row.id === null) - Number(b.row.id === null) || a.name.localeCompare(b.name));
};
