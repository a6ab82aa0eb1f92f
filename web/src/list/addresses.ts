import type { Deal } from '../api/types';
import type { Column, Shown } from '../grid/column';
import { exported, exportUrl } from '../grid/exporting';
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

/** The list with its columns as a file. A value says nothing without its currency, so that one comes along. */
export const dealsUrl = (format: 'csv' | 'xlsx' | 'json', state: ListState, columns: Column<Deal>[], shown: Shown[]) => {
  const named = exported(columns, shown);
  const withCurrency = named.flatMap(column =>
    column.id === 'value' && !named.some(one => one.id === 'currency') ? [column, { path: 'currency', label: 'Currency' }] : [column],
  );
  return exportUrl('deals', format, parameters(state), withCurrency);
};
