import type { Format } from '../ui/format';
import type { Column, Interval } from './forecast';

export const columnName = (column: Column, interval: Interval, format: Format) => {
  if (column.kind === 'overdue') return 'Overdue';
  if (column.kind === 'no_date') return 'No date';
  if (interval === 'month') return format.month(column.first);
  if (interval === 'week') return `${format.day(column.first)} – ${format.day(column.last)}`;
  return `Q${Math.floor((Number(column.first.slice(5, 7)) + 2) / 3)} ${column.first.slice(0, 4)}`;
};
