import { Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowDownRight, IconArrowUpRight, IconCalendarOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { goalFor } from '../scope/goals';
import { listUrl } from '../scope/scope';
import { useFormat } from '../ui/useFormat';
import classes from './Forecast.module.css';
import { type Bucket, bucketOf, type Column, dealsIn } from './forecast';
import { GoalBar } from './GoalBar';
import { columnName } from './names';
import type { ForecastState } from './useForecast';

/** The total of some buckets: rows of a column are added up. */
export const sumOf = (buckets: Bucket[], column: Column) => {
  const of = [...new Set(buckets.map(bucket => bucket.group_id ?? null))].flatMap(group => bucketOf(buckets, column, group) ?? []);
  const add = (read: (bucket: Bucket) => number | undefined) => of.reduce((sum, bucket) => sum + (read(bucket) ?? 0), 0);
  return {
    won: add(bucket => bucket.won?.value),
    wonDeals: add(bucket => bucket.won?.deals),
    weighted: add(bucket => bucket.open?.weighted_value),
    open: add(bucket => bucket.open?.value),
    openDeals: add(bucket => bucket.open?.deals),
  };
};

export const ColumnHeader = ({ column, forecast }: { column: Column; forecast: ForecastState }) => {
  const format = useFormat();
  const { view, interval, today, state } = forecast;
  const buckets = forecast.forecast.data ?? [];
  const currency = buckets[0]?.open?.converted_to ?? forecast.currency ?? '';
  const sum = sumOf(buckets, column);
  const deals = view === 'won' ? sum.wonDeals : sum.openDeals + sum.wonDeals;
  const counted = `${format.number(deals)} ${deals === 1 ? 'deal' : 'deals'}`;
  const { whose } = state;
  const goal = view === 'recurring' || !whose || column.kind !== 'period' ? null : goalFor(forecast.goals, column, interval, whose);
  const money = (value: number) => (currency ? format.money(Math.round(value), currency, true) : '–');
  return (
    <header className={classes.columnHead} data-kind={column.kind}>
      <div className={classes.columnName}>
        {column.kind === 'overdue' && <IconAlertTriangle size={15} aria-hidden />}
        {column.kind === 'no_date' && <IconCalendarOff size={15} aria-hidden />}
        <h2 className={column.kind === 'overdue' ? classes.overdue : undefined}>{columnName(column, interval, format)}</h2>
        {deals === 0 ? (
          <span className={classes.count}>{counted}</span>
        ) : (
          <Link
            to={listUrl(state.condition, dealsIn(column, view, today))}
            className={classes.count}
            aria-label={`${columnName(column, interval, format)}: ${counted}, show as a list`}
          >
            {counted}
          </Link>
        )}
      </div>
      <Text size="sm" fw={650} className="tabular">
        {money(view === 'won' ? sum.won : sum.won + sum.weighted)}
        {goal && goal.currency === currency && (
          <Text span size="xs" c="dimmed" fw={450}>
            {' '}
            of {money(goal.value)}
          </Text>
        )}
        <Delta column={column} forecast={forecast} now={sum.won + sum.weighted} currency={currency} />
      </Text>
      <GoalBar
        won={sum.won}
        weighted={view === 'won' ? 0 : sum.weighted}
        goal={goal?.currency === currency ? goal : null}
        currency={currency || 'USD'}
      />
      <Text size="xs" c="dimmed" className="tabular">
        {view === 'won' ? 'won' : `${money(sum.open)} open${sum.won ? ` · ${money(sum.won)} won` : ''}`}
      </Text>
    </header>
  );
};

/** How much more or less is expected than thirty days ago. */
const Delta = ({ column, forecast, now, currency }: { column: Column; forecast: ForecastState; now: number; currency: string }) => {
  const format = useFormat();
  const before = forecast.comparison?.data?.before;
  if (!before || forecast.interval !== 'month') return null;
  const was = sumOf(before, column);
  const change = Math.round(now - was.won - was.weighted);
  if (change === 0) return null;
  const Icon = change > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <Text span size="xs" ms={6} c={change > 0 ? 'var(--t-won)' : 'var(--t-lost)'}>
      <Icon size={12} aria-hidden /> {change > 0 ? '+' : '−'}
      {format.money(Math.abs(change), currency, true)}
      <span className="visually-hidden"> since thirty days ago</span>
    </Text>
  );
};
