import type { Catalog } from '../api/catalog';
import type { Organization, Person } from '../api/types';
import { CellLink } from '../grid/CellLink';
import type { Column } from '../grid/column';
import { customColumn } from '../list/customColumn';
import { text } from '../list/edits';
import { instantColumn, labelsColumn, userColumn } from '../list/sharedColumns';
import type { Format } from '../ui/format';
import type { Contact, Kind } from './kinds';

const shared = <Row extends Contact>(kind: Kind, catalog: Catalog, format: Format): Column<Row>[] => [
  userColumn<Row>('owner_id', 'Owner', catalog),
  labelsColumn<Row>(kind, catalog),
  instantColumn<Row>('added_at', 'Added', format),
  instantColumn<Row>('updated_at', 'Updated', format),
  ...catalog.fields.filter(field => field.subject === kind).map(field => customColumn<Row>(field, catalog, format)),
];

/** A text of the record, as it is. */
const words = <Row extends Contact>(field: keyof Row & string, label: string, width: number, isEdited = true): Column<Row> => ({
  id: field,
  label,
  width,
  path: field,
  fields: [field],
  edit: isEdited ? text<Row>(field) : undefined,
  render: row => (row[field] as string | null) ?? '–',
});

const nameColumn = <Row extends Contact>(root: string, width: number): Column<Row> => ({
  id: 'name',
  label: 'Name',
  width,
  sort: 'name',
  path: 'name',
  fields: ['name'],
  edit: text<Row>('name', true),
  render: row => <CellLink to={`/contacts/${root}/${row.id}`}>{row.name}</CellLink>,
});

/** Every column there is for persons. Their addresses are lists, which have a form of their own. */
export const personColumns = (catalog: Catalog, format: Format): Column<Person>[] => [
  nameColumn<Person>('persons', 220),
  {
    id: 'organization',
    label: 'Organization',
    width: 200,
    path: 'organization.name',
    fields: ['org_id'],
    edit: {
      kind: 'record',
      record: 'organization',
      read: row => (row.organization ? { id: row.organization.id, name: row.organization.name } : null),
      patch: value => ({ org_id: (value as { id: number } | null)?.id ?? null }),
    },
    render: row =>
      row.organization ? <CellLink to={`/contacts/organizations/${row.organization.id}`}>{row.organization.name}</CellLink> : '–',
  },
  words<Person>('email', 'E-mail', 260, false),
  words<Person>('phone', 'Phone', 150, false),
  words<Person>('job_title', 'Job title', 180),
  ...shared<Person>('person', catalog, format),
];

export const organizationColumns = (catalog: Catalog, format: Format): Column<Organization>[] => [
  nameColumn<Organization>('organizations', 240),
  words<Organization>('industry', 'Industry', 150),
  words<Organization>('website', 'Website', 220),
  words<Organization>('email', 'E-mail', 200),
  words<Organization>('phone', 'Phone', 150),
  {
    id: 'employees',
    label: 'Employees',
    width: 110,
    align: 'end',
    sort: 'employee_count',
    path: 'employee_count',
    fields: ['employee_count'],
    render: row => format.number(row.employee_count),
  },
  ...shared<Organization>('organization', catalog, format),
];

export const usualColumns: Record<Kind, string> = {
  person: 'name,organization,email,phone,job_title,owner,labels,added_at',
  organization: 'name,industry,website,employees,owner,labels,added_at',
};
