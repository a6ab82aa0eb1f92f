import type { Deal } from '../api/types';
import type { Editor, Option } from '../grid/column';

// How the fields of a deal are edited in a cell: read from it, and sent as a patch.

export const text = (field: keyof Deal, required = false): Editor<Deal> => ({
  kind: 'text',
  required,
  read: deal => (deal[field] as string | null) ?? null,
  patch: value => ({ [field]: value }),
});
export const number = (field: keyof Deal): Editor<Deal> => ({
  kind: 'number',
  read: deal => (deal[field] == null ? null : String(deal[field])),
  patch: value => ({ [field]: value === null ? null : Number(value) }),
});
export const id = (field: keyof Deal, options: (deal: Deal | null) => Option[], required = false): Editor<Deal> => ({
  kind: 'choice',
  required,
  options,
  read: deal => (deal[field] == null ? null : String(deal[field])),
  patch: value => ({ [field]: value === null ? null : Number(value) }),
});

export const option = (row: { id: number; name: string }): Option => ({ value: String(row.id), label: row.name });
