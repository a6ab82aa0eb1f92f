import type { Catalog } from '../api/catalog';
import type { FieldDefinition } from '../api/types';
import type { Column, Editor, EditorValue } from '../grid/column';
import type { Format } from '../ui/format';
import { option } from './edits';

/** The column of a custom field, with an editor where its type has one. */
export const customColumn = <Row extends { custom?: unknown }>(field: FieldDefinition, catalog: Catalog, format: Format): Column<Row> => {
  const read = (row: Row) => (row.custom as Record<string, unknown> | undefined)?.[field.slug] ?? null;
  const patch = (value: unknown) => ({ custom: { [field.slug]: value } });
  const choices = field.options.map(one => ({ value: String(one.id), label: one.label }));
  const label = (value: unknown) => choices.find(one => one.value === String(value))?.label ?? String(value);
  const simple = ['varchar', 'text', 'phone', 'address', 'time'].includes(field.type);
  const edit: Editor<Row> | undefined = simple
    ? { kind: 'text', read: row => (read(row) as string | null) ?? null, patch }
    : field.type === 'double'
      ? {
          kind: 'number',
          read: row => (read(row) === null ? null : String(read(row))),
          patch: value => patch(value === null ? null : Number(value)),
        }
      : field.type === 'date'
        ? { kind: 'day', read: row => read(row) as string | null, patch }
        : field.type === 'enum'
          ? {
              kind: 'choice',
              options: () => choices,
              read: row => (read(row) === null ? null : String(read(row))),
              patch: value => patch(value === null ? null : Number(value)),
            }
          : field.type === 'set'
            ? {
                kind: 'choices',
                options: () => choices,
                read: row => ((read(row) as number[] | null) ?? []).map(String),
                patch: (value: EditorValue) => patch(((value as string[]) ?? []).map(Number)),
              }
            : field.type === 'user'
              ? {
                  kind: 'choice',
                  options: () => catalog.users.map(option),
                  read: row => (read(row) === null ? null : String(read(row))),
                  patch: value => patch(value === null ? null : Number(value)),
                }
              : undefined;
  return {
    id: `custom.${field.slug}`,
    label: field.name,
    width: 150,
    align: field.type === 'double' || field.type === 'monetary' ? 'end' : undefined,
    sort: field.type === 'set' ? undefined : `custom.${field.slug}`,
    path: ['enum', 'set', 'user'].includes(field.type) ? `custom.${field.slug}.label` : `custom.${field.slug}`,
    fields: ['custom'],
    edit,
    render: row => {
      const value = read(row);
      if (value === null) return '–';
      if (Array.isArray(value)) return value.map(label).join(', ');
      if (field.type === 'enum') return label(value);
      if (field.type === 'user') return catalog.user(Number(value))?.name ?? `#${value}`;
      if (field.type === 'date') return format.day(String(value));
      if (typeof value === 'number') return format.number(value);
      if (typeof value === 'object') return Object.values(value).join(' ');
      return String(value);
    },
  };
};
