import { useMemo } from 'react';
import { type Catalog, useCatalog } from '../api/catalog';
import type { FieldDefinition } from '../api/types';
import type { Kind } from './condition';

export type Choice = { value: string | number; label: string };

/** A field that a filter can name: what it is called, what it can be asked, and what there is to choose. */
export type FilterField = { name: string; label: string; kind: Kind; choices?: Choice[]; record?: 'person' | 'organization' | 'product' };

export type FilterSubject = 'deal' | 'person' | 'organization' | 'product' | 'activity' | 'lead';

const choice = (row: { id: number; name: string }): Choice => ({ value: row.id, label: row.name });
const words = (...given: string[]): Choice[] => given.map(word => ({ value: word, label: word[0]!.toUpperCase() + word.slice(1) }));

const dates: FilterField[] = [
  { name: 'added_at', label: 'Added', kind: 'instant' },
  { name: 'updated_at', label: 'Updated', kind: 'instant' },
];

const builtIn = (subject: FilterSubject, catalog: Catalog): FilterField[] => {
  const owner: FilterField = { name: 'owner_id', label: 'Owner', kind: 'record', choices: catalog.users.map(choice) };
  const labels: FilterField = {
    name: 'label_ids',
    label: 'Label',
    kind: 'list',
    choices: catalog.labels.filter(label => label.subject === subject).map(choice),
  };
  switch (subject) {
    case 'deal':
      return [
        { name: 'title', label: 'Title', kind: 'text' },
        { name: 'value', label: 'Value', kind: 'money' },
        { name: 'weighted_value', label: 'Weighted value', kind: 'money' },
        {
          name: 'currency',
          label: 'Currency',
          kind: 'word',
          choices: catalog.currencies.map(currency => ({ value: currency.code, label: currency.code })),
        },
        { name: 'status', label: 'Status', kind: 'word', choices: words('open', 'won', 'lost') },
        { name: 'pipeline_id', label: 'Pipeline', kind: 'record', choices: catalog.pipelines.map(choice) },
        {
          name: 'stage_id',
          label: 'Stage',
          kind: 'record',
          choices: catalog.stages
            .filter(stage => stage.kind === 'open')
            .map(stage => ({ value: stage.id, label: `${stage.name} · ${catalog.pipeline(stage.pipeline_id)?.name ?? ''}` })),
        },
        owner,
        { name: 'assignee_id', label: 'Assignee', kind: 'record', choices: catalog.users.map(choice) },
        { name: 'org_id', label: 'Organization', kind: 'record', record: 'organization' },
        { name: 'person_id', label: 'Person', kind: 'record', record: 'person' },
        { name: 'product_id', label: 'Product', kind: 'list', record: 'product' },
        labels,
        { name: 'expected_close', label: 'Expected close', kind: 'day' },
        { name: 'next_activity_on', label: 'Next activity', kind: 'day' },
        { name: 'last_activity_on', label: 'Last activity', kind: 'day' },
        { name: 'is_rotten', label: 'Rotting', kind: 'flag' },
        { name: 'days_in_stage', label: 'Days in stage', kind: 'number' },
        { name: 'probability', label: 'Own probability', kind: 'number' },
        { name: 'priority', label: 'Priority', kind: 'word', choices: words('low', 'medium', 'high', 'urgent') },
        { name: 'source', label: 'Source', kind: 'text' },
        { name: 'lost_reason', label: 'Lost reason', kind: 'text' },
        { name: 'won_at', label: 'Won', kind: 'instant' },
        { name: 'lost_at', label: 'Lost', kind: 'instant' },
        { name: 'touched_at', label: 'Last touched', kind: 'instant' },
        { name: 'products_count', label: 'Products', kind: 'number' },
        { name: 'files_count', label: 'Files', kind: 'number' },
        { name: 'notes_count', label: 'Notes', kind: 'number' },
        { name: 'activities_count', label: 'Activities', kind: 'number' },
        { name: 'provenance', label: 'First written through', kind: 'text' },
        ...dates,
      ];
    case 'person':
      return [
        { name: 'name', label: 'Name', kind: 'text' },
        owner,
        { name: 'email', label: 'E-mail', kind: 'text' },
        { name: 'job_title', label: 'Job title', kind: 'text' },
        { name: 'org_id', label: 'Organization', kind: 'record', record: 'organization' },
        labels,
        { name: 'source', label: 'Source', kind: 'text' },
        ...dates,
      ];
    case 'organization':
      return [{ name: 'name', label: 'Name', kind: 'text' }, owner, labels, ...dates];
    case 'product':
      return [
        { name: 'name', label: 'Name', kind: 'text' },
        { name: 'code', label: 'Code', kind: 'text' },
        { name: 'category', label: 'Category', kind: 'text' },
        owner,
        ...dates,
      ];
    case 'activity':
      return [
        { name: 'subject', label: 'Subject', kind: 'text' },
        { name: 'type', label: 'Type', kind: 'word', choices: catalog.activityTypes.map(type => ({ value: type.key, label: type.name })) },
        { name: 'done', label: 'Done', kind: 'flag' },
        { name: 'due_on', label: 'Due', kind: 'day' },
        { name: 'done_at', label: 'Done on', kind: 'instant' },
        owner,
        { name: 'org_id', label: 'Organization', kind: 'record', record: 'organization' },
        { name: 'person_id', label: 'Person', kind: 'record', record: 'person' },
        ...dates,
      ];
    case 'lead':
      return [{ name: 'title', label: 'Title', kind: 'text' }, owner, labels, ...dates];
  }
};

const kinds: Record<FieldDefinition['type'], Kind> = {
  varchar: 'text',
  varchar_auto: 'text',
  text: 'text',
  phone: 'text',
  address: 'text',
  double: 'number',
  monetary: 'money',
  date: 'day',
  daterange: 'day',
  time: 'text',
  timerange: 'text',
  set: 'list',
  enum: 'record',
  user: 'record',
  org: 'record',
  people: 'record',
};

const custom = (field: FieldDefinition, catalog: Catalog): FilterField => ({
  name: `custom.${field.slug}`,
  label: field.name,
  kind: kinds[field.type],
  choices:
    field.type === 'user'
      ? catalog.users.map(choice)
      : field.type === 'set' || field.type === 'enum'
        ? field.options.map(one => ({ value: one.id, label: one.label }))
        : undefined,
  record: field.type === 'org' ? 'organization' : field.type === 'people' ? 'person' : undefined,
});

/** Everything a filter of this kind of record can name, custom fields last. */
export const useFilterFields = (subject: FilterSubject): FilterField[] => {
  const catalog = useCatalog();
  return useMemo(
    () => [...builtIn(subject, catalog), ...catalog.fields.filter(field => field.subject === subject).map(field => custom(field, catalog))],
    [subject, catalog],
  );
};
