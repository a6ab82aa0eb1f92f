import type { Catalog } from '../api/catalog';
import type { Label } from '../api/types';
import type { Column } from '../grid/column';
import type { Format } from '../ui/format';
import { UserAvatar } from '../ui/UserAvatar';
import { id, option } from './edits';
import classes from './List.module.css';

// Columns that several kinds of records have alike.

/** The user whose id stands in a field; exports name them. */
export const userColumn = <Row,>(field: keyof Row & `${string}_id`, label: string, catalog: Catalog): Column<Row> => ({
  id: field.slice(0, -3),
  label,
  width: 170,
  sort: field === 'owner_id' ? field : undefined,
  path: `${field.slice(0, -3)}.name`,
  fields: [field],
  edit: id<Row>(field, () => catalog.users.filter(user => user.is_active).map(option)),
  render: row => {
    const user = catalog.user(row[field] as number | null);
    return user ? (
      <span className={classes.with}>
        <UserAvatar user={user} size={22} />
        {user.name}
      </span>
    ) : (
      '–'
    );
  },
});

export const labelsColumn = <Row extends { label_ids: number[] }>(subject: Label['subject'], catalog: Catalog): Column<Row> => ({
  id: 'labels',
  label: 'Labels',
  width: 180,
  path: 'labels',
  fields: ['label_ids'],
  edit: {
    kind: 'choices',
    options: () => catalog.labels.filter(label => label.subject === subject).map(option),
    read: row => row.label_ids.map(String),
    patch: value => ({ label_ids: ((value as string[]) ?? []).map(Number) }),
  },
  render: row => (
    <span className={classes.with}>
      {row.label_ids.map(one => (
        <span key={one} className={classes.label}>
          {catalog.label(one)?.name ?? `#${one}`}
        </span>
      ))}
    </span>
  ),
});

export const instantColumn = <Row,>(field: keyof Row & `${string}_at`, label: string, format: Format): Column<Row> => ({
  id: field,
  label,
  width: 130,
  sort: field,
  path: field,
  fields: [field],
  render: row => (row[field] ? format.day(format.dayOfInstant(row[field] as string)) : '–'),
});
