import { expect, it } from 'vitest';
import type { Column } from './column';
import { exported, exportUrl } from './exporting';

const columns = [
  { id: 'name', label: 'Name', width: 1, path: 'name', render: () => null },
  { id: 'days', label: 'Days, left', width: 1, path: 'deleted_at', heading: 'Deleted, on', render: () => null },
  { id: 'picture', label: 'Picture', width: 1, render: () => null },
] as Column<object>[];

it('exports the columns that are shown and that a file can hold, in their order', () => {
  const shown = ['picture', 'days', 'name'].map(id => ({ id, width: 1 }));

  const url = exportUrl('persons', 'csv', [['search', 'a b']], exported(columns, shown));

  expect(url).toBe('/api/v1/persons/export.csv?search=a+b&columns=deleted_at%2Cname&headings=Deleted++on%2CName');
});
