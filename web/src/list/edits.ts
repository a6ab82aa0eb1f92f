import type { Editor, Option } from '../grid/column';

// How the fields of a record are edited in a cell: read from it, and sent as a patch.

export const text = <Row>(field: keyof Row, required = false): Editor<Row> => ({
  kind: 'text',
  required,
  read: row => (row[field] as string | null) ?? null,
  patch: value => ({ [field]: value }),
});
export const number = <Row>(field: keyof Row): Editor<Row> => ({
  kind: 'number',
  read: row => (row[field] == null ? null : String(row[field])),
  patch: value => ({ [field]: value === null ? null : Number(value) }),
});
export const id = <Row>(field: keyof Row, options: (row: Row | null) => Option[], required = false): Editor<Row> => ({
  kind: 'choice',
  required,
  options,
  read: row => (row[field] == null ? null : String(row[field])),
  patch: value => ({ [field]: value === null ? null : Number(value) }),
});

export const option = (row: { id: number; name: string }): Option => ({ value: String(row.id), label: row.name });
