import type { Column, Shown } from './column';

/** The columns that are shown and that a file can hold. */
export const exported = <Row>(columns: Column<Row>[], shown: Shown[]) =>
  shown.flatMap(one => columns.find(column => column.id === one.id && column.path) ?? []);

type Named = { path?: string; label: string; heading?: string };

/** A list with its columns as a file. Commas part headings, so those inside them go. */
export const exportUrl = (root: string, format: 'csv' | 'xlsx' | 'json', parameters: [string, string][], columns: Named[]) => {
  const query = new URLSearchParams(parameters);
  query.set('columns', columns.map(column => column.path).join(','));
  query.set('headings', columns.map(column => (column.heading ?? column.label).replaceAll(',', ' ')).join(','));
  return `/api/v1/${root}/export.${format}?${query}`;
};
