import type { components } from '../api/types';
import { allOf, type Condition } from '../filters/condition';

type Schemas = components['schemas'];
export type Bucket = Schemas['ForecastBucket'];
export type Interval = 'week' | 'month' | 'quarter';
export type View = 'close' | 'won' | 'recurring';

/** A column of the forecast. Days are both included. */
export type Column =
  | { key: 'overdue'; kind: 'overdue' }
  | { key: 'no_date'; kind: 'no_date' }
  | { key: string; kind: 'period'; first: string; last: string };

const dayMs = 86_400_000;
const date = (day: string) => new Date(`${day}T00:00:00Z`);
const text = (day: Date) => day.toISOString().slice(0, 10);

export const addDays = (day: string, days: number) => text(new Date(date(day).getTime() + days * dayMs));

/** The same day of the month, or the month's last. */
export const addMonths = (day: string, months: number) => {
  const from = date(day);
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0));
  return text(new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(from.getUTCDate(), last.getUTCDate()))));
};

/** The first day of the week (from Monday), month or quarter of a day, as the server cuts them. */
export const startOf = (interval: Interval, day: string) => {
  if (interval === 'week') return addDays(day, -((date(day).getUTCDay() + 6) % 7));
  const month = Number(day.slice(5, 7));
  const first = interval === 'month' ? month : month - ((month - 1) % 3);
  return `${day.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
};

export const step = (interval: Interval, first: string, count: number) =>
  interval === 'week' ? addDays(first, 7 * count) : addMonths(first, (interval === 'month' ? 1 : 3) * count);

export const counts: Record<Interval, number> = { week: 13, month: 13, quarter: 5 };

/** Overdue, this period and those after it, no date; or, of what was won, the periods up to this one. */
export const columnsOf = (interval: Interval, view: View, today: string): Column[] => {
  const now = startOf(interval, today);
  const amount = counts[interval];
  const first = view === 'won' ? step(interval, now, 1 - amount) : now;
  const periods: Column[] = Array.from({ length: amount }, (_, n) => {
    const start = step(interval, first, n);
    return { key: start, kind: 'period', first: start, last: addDays(step(interval, start, 1), -1) };
  });
  return view === 'won' ? periods : [{ key: 'overdue', kind: 'overdue' }, ...periods, { key: 'no_date', kind: 'no_date' }];
};

/** The deals of a column: expected in it, or won in it. */
export const dealsIn = (column: Column, view: View, today: string): Condition => {
  const open: Condition = { field: 'status', operator: 'equals', value: 'open' };
  if (column.kind === 'overdue') return { and: [open, { field: 'expected_close', operator: 'less', value: today }] };
  if (column.kind === 'no_date') return { and: [open, { field: 'expected_close', operator: 'is_empty' }] };
  const won: Condition = {
    and: [
      { field: 'status', operator: 'equals', value: 'won' },
      { field: 'closed_at', operator: 'between', values: [column.first, column.last] },
    ],
  };
  if (view === 'won') return won;
  const from = column.first < today && column.last >= today ? today : column.first;
  return { or: [{ and: [open, { field: 'expected_close', operator: 'between', values: [from, column.last] }] }, won] };
};

export const bucketOf = (buckets: Bucket[], column: Column, group?: number | null) =>
  buckets.find(
    bucket =>
      bucket.kind === (column.kind === 'period' ? 'month' : column.kind) &&
      (column.kind !== 'period' || bucket.month === column.first) &&
      (group === undefined || (bucket.group_id ?? null) === group),
  );

/**
 * The expected close of a deal that is dropped on a column: the same day of the week, of the month, or of its month of the quarter as
 * before, but no day that has passed. The last day of the column when the deal had none.
 */
export const dropDay = (column: Column, interval: Interval, before: string | null, today: string): string | null => {
  if (column.kind !== 'period') return null;
  if (!before) return column.last;
  const was = startOf(interval, before);
  const day =
    interval === 'week'
      ? addDays(column.first, Math.round((date(before).getTime() - date(was).getTime()) / dayMs))
      : addMonths(before, monthsBetween(was, column.first));
  return day < today && today <= column.last ? today : day;
};

const monthsBetween = (from: string, to: string) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));

/** A cell's deals within the scope and, when rows are cut, its row. */
export const cellCondition = (
  column: Column,
  view: View,
  today: string,
  scope: Condition | null,
  row: { by: 'owner' | 'pipeline'; id: number | null } | null,
): Condition =>
  allOf(
    scope,
    row && {
      field: row.by === 'owner' ? 'owner_id' : 'pipeline_id',
      ...(row.id === null ? { operator: 'is_empty' } : { operator: 'in', values: [row.id] }),
    },
    dealsIn(column, view, today),
  )!;
