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

/** Every column there is for persons. */
export const personColumns = (catalog: Catalog, format: Format): Column<Person>[] => [
  {
    id: 'name',
    label: 'Name',
    width: 220,
    sort: 'name',
    path: 'name',
    fields: ['name'],
    edit: text<Person>('name', true),
    render: row => <CellLink to={`/contacts/persons/${row.id}`}>{row.name}</CellLink>,
  },
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
  { id: 'email', label: 'E-mail', width: 260, path: 'email', fields: ['email'], render: row => row.email ?? '–' },
  { id: 'phone', label: 'Phone', width: 150, path: 'phone', fields: ['phone'], render: row => row.phone ?? '–' },
  {
    id: 'job_title',
    label: 'Job title',
    width: 180,
    path: 'job_title',
    fields: ['job_title'],
    edit: text<Person>('job_title'),
    render: row => row.job_title ?? '–',
  },
  ...shared<Person>('person', catalog, format),
];

export const organizationColumns = (catalog: Catalog, format: Format): Column<Organization>[] => [
  {
    id: 'name',
    label: 'Name',
    width: 240,
    sort: 'name',
    path: 'name',
    fields: ['name'],
    edit: text<Organization>('name', true),
    render: row => <CellLink to={`/contacts/organizations/${row.id}`}>{row.name}</CellLink>,
  },
  {
    id: 'industry',
    label: 'Industry',
    width: 150,
    path: 'industry',
    fields: ['industry'],
    edit: text<Organization>('industry'),
    render: row => row.industry ?? '–',
  },
  {
    id: 'website',
    label: 'Website',
    width: 220,
    path: 'website',
    fields: ['website'],
    edit: text<Organization>('website'),
    render: row => row.website ?? '–',
  },
  {
    id: 'email',
    label: 'E-mail',
    width: 200,
    path: 'email',
    fields: ['email'],
    edit: text<Organization>('email'),
    render: row => row.email ?? '–',
  },
  {
    id: 'phone',
    label: 'Phone',
    width: 150,
    path: 'phone',
    fields: ['phone'],
    edit: text<Organization>('phone'),
    render: row => row.phone ?? '–',
  },
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
