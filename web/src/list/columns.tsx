import type { Catalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { CellLink } from '../grid/CellLink';
import type { Column } from '../grid/column';
import type { Format } from '../ui/format';
import { StatusBadge } from '../ui/StatusBadge';
import { UserAvatar } from '../ui/UserAvatar';
import { customColumn } from './customColumn';
import { Day } from './Day';
import { id, number, option, text } from './edits';
import classes from './List.module.css';
import type { Tab } from './useListState';

/** Days that are left until a deleted deal is gone for good. */
export const daysLeft = (deletedAt: string, now: number) => Math.max(0, 30 - Math.floor((now - Date.parse(deletedAt)) / 86_400_000));

/** Every column there is for deals, in the order of the chooser; custom fields last. */
export const dealColumns = (catalog: Catalog, format: Format): Column<Deal>[] => {
  const users = () => catalog.users.filter(user => user.is_active).map(option);
  const stages = () =>
    catalog.stages
      .filter(stage => stage.kind === 'open')
      .map(stage => ({ ...option(stage), group: catalog.pipeline(stage.pipeline_id)?.name }));
  const person = (field: 'owner_id' | 'assignee_id') => (deal: Deal) => {
    const user = catalog.user(deal[field]);
    return user ? (
      <span className={classes.with}>
        <UserAvatar user={user} size={22} />
        {user.name}
      </span>
    ) : (
      '–'
    );
  };
  const instant = (field: 'added_at' | 'updated_at' | 'won_at' | 'lost_at' | 'archived_at', label: string): Column<Deal> => ({
    id: field,
    label,
    width: 150,
    sort: field === 'archived_at' ? undefined : field,
    path: field,
    fields: [field],
    render: deal => (deal[field] ? format.day(format.dayOfInstant(deal[field])) : '–'),
  });
  return [
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
    {
      id: 'value',
      label: 'Value',
      width: 130,
      sort: 'value',
      align: 'end',
      path: 'value',
      fields: ['value', 'currency'],
      edit: number('value'),
      render: deal => format.money(deal.value, deal.currency),
    },
    {
      id: 'weighted_value',
      label: 'Weighted value',
      width: 140,
      sort: 'weighted_value',
      align: 'end',
      path: 'weighted_value',
      fields: ['weighted_value', 'currency'],
      render: deal => format.money(deal.weighted_value, deal.currency),
    },
    {
      id: 'currency',
      label: 'Currency',
      width: 100,
      sort: 'currency',
      path: 'currency',
      fields: ['currency'],
      edit: {
        kind: 'choice',
        required: true,
        options: () => catalog.currencies.map(one => ({ value: one.code, label: one.code })),
        read: deal => deal.currency,
        patch: value => ({ currency: value }),
      },
      render: deal => deal.currency,
    },
    {
      id: 'stage',
      label: 'Stage',
      width: 150,
      sort: 'stage_id',
      path: 'stage.name',
      fields: ['stage_id'],
      edit: id(
        'stage_id',
        deal => (deal ? stages().filter(one => one.group === catalog.pipeline(deal.pipeline_id)?.name) : stages()),
        true,
      ),
      editable: deal => deal.status === 'open',
      render: deal => catalog.stage(deal.stage_id)?.name ?? '–',
    },
    {
      id: 'pipeline',
      label: 'Pipeline',
      width: 140,
      sort: 'pipeline_id',
      path: 'pipeline.name',
      fields: ['pipeline_id'],
      render: deal => catalog.pipeline(deal.pipeline_id)?.name ?? '–',
    },
    {
      id: 'status',
      label: 'Status',
      width: 100,
      sort: 'status',
      path: 'status',
      fields: ['status'],
      render: deal => <StatusBadge status={deal.status} />,
    },
    {
      id: 'owner',
      label: 'Owner',
      width: 170,
      sort: 'owner_id',
      path: 'owner.name',
      fields: ['owner_id'],
      edit: id('owner_id', users),
      render: person('owner_id'),
    },
    {
      id: 'assignee',
      label: 'Assignee',
      width: 170,
      path: 'assignee_id',
      fields: ['assignee_id'],
      edit: id('assignee_id', users),
      render: person('assignee_id'),
    },
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
      id: 'labels',
      label: 'Labels',
      width: 180,
      path: 'label_ids',
      fields: ['label_ids'],
      edit: {
        kind: 'choices',
        options: () => catalog.labels.filter(label => label.subject === 'deal').map(option),
        read: deal => deal.label_ids.map(String),
        patch: value => ({ label_ids: ((value as string[]) ?? []).map(Number) }),
      },
      render: deal => (
        <span className={classes.with}>
          {deal.label_ids.map(one => (
            <span key={one} className={classes.label}>
              {catalog.label(one)?.name ?? `#${one}`}
            </span>
          ))}
        </span>
      ),
    },
    {
      id: 'priority',
      label: 'Priority',
      width: 110,
      sort: 'priority',
      path: 'priority',
      fields: ['priority'],
      edit: {
        kind: 'choice',
        required: true,
        options: () => ['low', 'medium', 'high', 'urgent'].map(word => ({ value: word, label: capital(word) })),
        read: deal => deal.priority ?? null,
        patch: value => ({ priority: value }),
      },
      render: deal => (deal.priority ? capital(deal.priority) : '–'),
    },
    {
      id: 'probability',
      label: 'Probability',
      width: 110,
      sort: 'probability',
      align: 'end',
      path: 'effective_probability',
      fields: ['probability', 'effective_probability'],
      edit: number('probability'),
      render: deal => format.percent(deal.effective_probability),
    },
    {
      id: 'source',
      label: 'Source',
      width: 130,
      sort: 'source',
      path: 'source',
      fields: ['source'],
      edit: text('source'),
      render: deal => deal.source ?? '–',
    },
    {
      id: 'lost_reason',
      label: 'Lost reason',
      width: 170,
      sort: 'lost_reason',
      path: 'lost_reason',
      fields: ['lost_reason'],
      render: deal => deal.lost_reason ?? '–',
    },
    {
      id: 'days_in_stage',
      label: 'Days in stage',
      width: 120,
      align: 'end',
      path: 'stage_changed_at',
      fields: ['stage_changed_at', 'added_at'],
      render: deal => format.number(format.daysSince(deal.stage_changed_at ?? deal.added_at ?? '')),
    },
    { id: 'number', label: 'Number', width: 140, sort: 'number', path: 'number', fields: ['number'], render: deal => deal.number },
    {
      id: 'products',
      label: 'Products',
      width: 100,
      sort: 'products_count',
      align: 'end',
      path: 'facts.products',
      fields: ['facts'],
      render: deal => format.number(deal.facts?.products),
    },
    instant('added_at', 'Added'),
    instant('updated_at', 'Updated'),
    instant('won_at', 'Won'),
    instant('lost_at', 'Lost'),
    instant('archived_at', 'Archived'),
    {
      id: 'deleted_at',
      label: 'Days left',
      width: 120,
      align: 'end',
      path: 'deleted_at',
      fields: ['deleted_at'],
      render: deal => (deal.deleted_at ? `${daysLeft(deal.deleted_at, Date.now())} days` : '–'),
    },
    ...catalog.fields.filter(field => field.subject === 'deal').map(field => customColumn(field, catalog, format)),
  ];
};

export const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);

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
