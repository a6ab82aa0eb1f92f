import type { Catalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { CellLink } from '../grid/CellLink';
import type { Column } from '../grid/column';
import { now } from '../ui/clock';
import type { Format } from '../ui/format';
import { customColumn } from './customColumn';
import { Day } from './Day';
import { text } from './edits';
import { instantColumn, labelsColumn, userColumn } from './sharedColumns';
import type { Tab } from './useListState';
import { factColumns, placeColumns, worthColumns } from './worthColumns';

/** Days that are left until a deleted deal is gone for good. */
const daysLeft = (deletedAt: string, now: number) => Math.max(0, 30 - Math.floor((now - Date.parse(deletedAt)) / 86_400_000));

/** Every column there is for deals, in the order of the chooser; custom fields last. */
export const dealColumns = (catalog: Catalog, format: Format): Column<Deal>[] => [
  {
    id: 'title',
    label: 'Title',
    width: 300,
    sort: 'title',
    path: 'title',
    fields: ['title'],
    edit: text('title', true),
    render: deal => <CellLink to={`/deals/${deal.id}`}>{deal.title}</CellLink>,
  },
  ...worthColumns(catalog, format),
  ...placeColumns(catalog),
  userColumn<Deal>('owner_id', 'Owner', catalog),
  userColumn<Deal>('assignee_id', 'Assignee', catalog),
  ...whoColumns,
  ...whenColumns(format),
  labelsColumn<Deal>('deal', catalog),
  ...factColumns(format),
  instantColumn<Deal>('added_at', 'Added', format),
  instantColumn<Deal>('updated_at', 'Updated', format),
  instantColumn<Deal>('won_at', 'Won', format),
  instantColumn<Deal>('lost_at', 'Lost', format),
  { ...instantColumn<Deal>('archived_at', 'Archived', format), sort: undefined },
  {
    id: 'deleted_at',
    label: 'Days left',
    heading: 'Deleted',
    width: 120,
    align: 'end',
    path: 'deleted_at',
    fields: ['deleted_at'],
    render: deal => (deal.deleted_at ? `${daysLeft(deal.deleted_at, now())} days` : '–'),
  },
  ...catalog.fields.filter(field => field.subject === 'deal').map(field => customColumn<Deal>(field, catalog, format)),
];

/** Whom a deal is with. */
const whoColumns: Column<Deal>[] = [
  {
    id: 'organization',
    label: 'Organization',
    width: 190,
    path: 'organization.name',
    fields: ['org_id'],
    include: ['organization'],
    edit: {
      kind: 'record',
      record: 'organization',
      read: deal => (deal.organization ? { id: deal.organization.id, name: deal.organization.name } : null),
      patch: value => ({ org_id: (value as { id: number } | null)?.id ?? null }),
    },
    render: deal => deal.organization?.name ?? '–',
  },
  {
    id: 'person',
    label: 'Person',
    width: 160,
    path: 'person.name',
    fields: ['person_id'],
    include: ['person'],
    edit: {
      kind: 'record',
      record: 'person',
      read: deal => (deal.person ? { id: deal.person.id, name: deal.person.name } : null),
      patch: value => ({ person_id: (value as { id: number } | null)?.id ?? null }),
    },
    render: deal => deal.person?.name ?? '–',
  },
];

const whenColumns = (format: Format): Column<Deal>[] => [
  {
    id: 'expected_close',
    label: 'Expected close',
    width: 140,
    sort: 'expected_close',
    path: 'expected_close',
    fields: ['expected_close', 'status'],
    edit: { kind: 'day', read: deal => deal.expected_close, patch: value => ({ expected_close: value }) },
    render: deal => (
      <Day day={deal.expected_close} isLate={deal.status === 'open' && (deal.expected_close ?? '9') < format.today()} format={format} />
    ),
  },
  {
    id: 'next_activity',
    label: 'Next activity',
    width: 140,
    sort: 'next_activity_on',
    path: 'facts.next_activity_on',
    fields: ['facts', 'status'],
    render: deal => {
      const next = deal.facts?.next_activity_on ?? null;
      return (
        <Day
          day={next}
          isLate={deal.status === 'open' && (next ?? '9') < format.today()}
          format={format}
          none={deal.status === 'open' ? 'None planned' : '–'}
        />
      );
    },
  },
  {
    id: 'days_in_stage',
    label: 'Days in stage',
    heading: 'In stage since',
    width: 120,
    align: 'end',
    path: 'stage_changed_at',
    fields: ['stage_changed_at', 'added_at'],
    render: deal => format.number(format.daysSince(deal.stage_changed_at ?? deal.added_at ?? '')),
  },
];

/** The columns a tab begins with. */
export const usualColumns = (tab: Tab): string =>
  ({
    open: 'title,value,stage,organization,person,expected_close,next_activity,owner,labels',
    won: 'title,value,organization,won_at,owner,labels,source',
    lost: 'title,value,organization,lost_at,lost_reason,owner,labels',
    archived: 'title,value,status,stage,organization,archived_at,owner',
    deleted: 'title,value,status,deleted_at,stage,organization,owner',
    all: 'title,value,status,stage,organization,expected_close,owner,labels',
  })[tab];
