import type { Deal } from '../api/types';
import type { Column, Shown } from '../grid/column';
import { type ListState, queryOf, standardSort, writeSort } from './useListState';

const parameters = (state: ListState) => {
  const given = { ...queryOf(state), sort: writeSort(state.sort ?? standardSort[state.tab]) };
  return Object.entries(given).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])) as [
    string,
    string,
  ][];
};

/** The same list over the API, for programs. */
export const apiQuery = (state: ListState) => `GET /api/v1/deals?${new URLSearchParams(parameters(state))}`;

/** The list with its columns as a file. Commas part headings, so those inside them go. */
export const exportUrl = (format: 'csv' | 'xlsx' | 'json', state: ListState, columns: Column<Deal>[], shown: Shown[]) => {
  const named = shown.flatMap(one => columns.find(column => column.id === one.id && column.path) ?? []);
  const withCurrency = named.flatMap(column =>
    column.id === 'value' && !named.some(one => one.id === 'currency') ? [column, { path: 'currency', label: 'Currency' }] : [column],
  );
  const query = new URLSearchParams(parameters(state));
  query.set('columns', withCurrency.map(column => column.path).join(','));
  query.set('headings', withCurrency.map(column => column.label.replaceAll(',', ' ')).join(','));
  return `/api/v1/deals/export.${format}?${query}`;
};
