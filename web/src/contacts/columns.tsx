import type { Catalog } from '../api/catalog';
import type { Organization, Person } from '../api/types';
import { CellLink } from '../grid/CellLink';
import type { Column } from '../grid/column';
import { customColumn } from '../list/customColumn';
import { id, option, text } from '../list/edits';
import type { Format } from '../ui/format';
import type { Contact, Kind } from './kinds';

const shared = <Row extends Contact>(kind: Kind, catalog: Catalog, format: Format): Column<Row>[] => {
  const instant = (field: 'added_at' | 'updated_at', label: string): Column<Row> => ({
    id: field,
    label,
    width: 130,
    sort: field,
    fields: [field],
    render: row => (row[field] ? format.day(format.dayOfInstant(row[field])) : '–'),
  });
  return [
    {
      id: 'owner',
      label: 'Owner',
      width: 160,
      sort: 'owner_id',
      fields: ['owner_id'],
      edit: id<Row>('owner_id', () => catalog.users.filter(user => user.is_active).map(option)),
      render: row => catalog.user(row.owner_id)?.name ?? '–',
    },
    {
      id: 'labels',
      label: 'Labels',
      width: 160,
      fields: ['label_ids'],
      edit: {
        kind: 'choices',
        options: () => catalog.labels.filter(label => label.subject === kind).map(option),
        read: row => row.label_ids.map(String),
        patch: value => ({ label_ids: ((value as string[]) ?? []).map(Number) }),
      },
      render: row => row.label_ids.map(one => catalog.label(one)?.name ?? `#${one}`).join(', ') || '–',
    },
    instant('added_at', 'Added'),
    instant('updated_at', 'Updated'),
    ...catalog.fields.filter(field => field.subject === kind).map(field => customColumn<Row>(field, catalog, format)),
  ];
};

/** Every column there is for persons. Their organizations are named by whoever shows them. */
export const personColumns = (catalog: Catalog, format: Format, organization: (id: number) => string | undefined): Column<Person>[] => [
  {
    id: 'name',
    label: 'Name',
    width: 220,
    sort: 'name',
    fields: ['name'],
    edit: text<Person>('name', true),
    render: row => <CellLink to={`/contacts/persons/${row.id}`}>{row.name}</CellLink>,
  },
  {
    id: 'organization',
    label: 'Organization',
    width: 200,
    fields: ['org_id'],
    render: row => (row.org_id ? <CellLink to={`/contacts/organizations/${row.org_id}`}>{organization(row.org_id) ?? '…'}</CellLink> : '–'),
  },
  { id: 'email', label: 'E-mail', width: 260, fields: ['email'], render: row => row.email ?? '–' },
  { id: 'phone', label: 'Phone', width: 150, fields: ['phone'], render: row => row.phone ?? '–' },
  {
    id: 'job_title',
    label: 'Job title',
    width: 180,
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
    fields: ['name'],
    edit: text<Organization>('name', true),
    render: row => <CellLink to={`/contacts/organizations/${row.id}`}>{row.name}</CellLink>,
  },
  {
    id: 'industry',
    label: 'Industry',
    width: 150,
    fields: ['industry'],
    edit: text<Organization>('industry'),
    render: row => row.industry ?? '–',
  },
  {
    id: 'website',
    label: 'Website',
    width: 220,
    fields: ['website'],
    edit: text<Organization>('website'),
    render: row => row.website ?? '–',
  },
  { id: 'email', label: 'E-mail', width: 200, fields: ['email'], edit: text<Organization>('email'), render: row => row.email ?? '–' },
  { id: 'phone', label: 'Phone', width: 150, fields: ['phone'], edit: text<Organization>('phone'), render: row => row.phone ?? '–' },
  {
    id: 'employees',
    label: 'Employees',
    width: 110,
    align: 'end',
    fields: ['employee_count'],
    render: row => format.number(row.employee_count),
  },
  ...shared<Organization>('organization', catalog, format),
];

export const usualColumns: Record<Kind, string> = {
  person: 'name,organization,email,phone,job_title,owner,labels,added_at',
  organization: 'name,industry,website,employees,owner,labels,added_at',
};
