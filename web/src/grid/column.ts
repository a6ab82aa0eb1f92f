import type { ReactNode } from 'react';

export type Option = { value: string; label: string; group?: string };

/** What a cell can be changed to. `read` gives the text or texts that the input begins with, `patch` what is sent. */
export type Editor<Row> = {
  read: (row: Row) => string | string[] | { id: number; name: string } | null;
  patch: (value: EditorValue) => Record<string, unknown>;
  required?: boolean;
} & (
  | { kind: 'text' | 'number' | 'day' }
  | { kind: 'choice' | 'choices'; options: (row: Row | null) => Option[] }
  | { kind: 'record'; record: 'person' | 'organization' }
);

export type EditorValue = string | string[] | { id: number; name: string } | null;

/** A column of a {@link Grid}. `sort` is the field that the API sorts by; `path` is where an export finds the value. */
export type Column<Row> = {
  id: string;
  label: string;
  width: number;
  sort?: string;
  align?: 'end';
  path?: string;
  /** What an export calls the column, where the cell shows something else than the file holds. */
  heading?: string;
  fields?: string[];
  include?: string[];
  render: (row: Row) => ReactNode;
  edit?: Editor<Row>;
  /** No single value, such as archived rows: the cell cannot be edited. */
  editable?: (row: Row) => boolean;
};

/** Which columns are shown, in which order and how wide. */
export type Shown = { id: string; width: number };

const narrowest = 60;
const widest = 900;

export const clampWidth = (width: number) => Math.round(Math.min(widest, Math.max(narrowest, width)));

/** "title:320,value" — the width only where it is not the column's own. */
export const writeShown = (shown: Shown[], columns: Pick<Column<never>, 'id' | 'width'>[]) =>
  shown.map(one => (columns.find(column => column.id === one.id)?.width === one.width ? one.id : `${one.id}:${one.width}`)).join(',');

/** What the text names and the table has; what it has not is left out. */
export const readShown = (text: string, columns: Pick<Column<never>, 'id' | 'width'>[]): Shown[] => {
  const seen = new Set<string>();
  return text.split(',').flatMap(part => {
    const [id = '', width] = part.split(':');
    const column = columns.find(one => one.id === id);
    if (!column || seen.has(id)) return [];
    seen.add(id);
    const given = Number(width);
    return [{ id, width: width && Number.isFinite(given) ? clampWidth(given) : column.width }];
  });
};

/** The same list with one item at another place. */
export const moved = <T>(list: T[], from: number, to: number): T[] => {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, one);
  return next;
};
