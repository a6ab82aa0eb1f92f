import type { Catalog } from '../api/catalog';
import type { FieldDefinition } from '../api/types';
import { customText } from '../custom/customText';
import type { Format } from '../ui/format';
import { htmlToText } from '../ui/html';
import { capital } from '../ui/words';
import { fieldNames } from './fieldNames';

/** What has a history. */
export type Subject = 'deal' | 'person' | 'organization' | 'product' | 'activity';

/** Who may see a record, as the API numbers it. */
export const sight: Record<number, string> = {
  1: 'Owner and followers',
  3: "The owner's group",
  5: 'The group and those below',
  7: 'Everyone',
};

/** Changes that only repeat another one, or that only the program looks at. */
const silent = new Set([
  'position',
  'version',
  'added_at',
  'updated_at',
  'updated_by',
  'closed_at',
  'first_won_at',
  'stage_changed_at',
  'won_at',
  'lost_at',
  'done_at',
  'deleted_by',
]);

/** Whether people are told of a change of a field; a change of the status tells the outcome, and its times go without saying. */
export const isTold = (field: string) => !silent.has(field);

const customOf = (field: string, catalog: Catalog, subject: Subject): FieldDefinition | undefined => {
  const custom = field.replace(/^custom\./, '');
  return catalog.fields.find(one => one.subject === subject && (one.key === custom || one.slug === custom));
};

export const fieldName = (field: string, catalog: Catalog, subject: Subject = 'deal'): string =>
  fieldNames[field] ?? customOf(field, catalog, subject)?.name ?? capital(field.replace(/^custom\./, ''));

/** A value out of the log as people read it: names for ids, days for days. */
export const fieldValue = (field: string, value: unknown, catalog: Catalog, format: Format, subject: Subject = 'deal'): string => {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return '–';
  switch (field) {
    case 'stage_id':
      return catalog.stage(Number(value))?.name ?? `#${value}`;
    case 'pipeline_id':
      return catalog.pipeline(Number(value))?.name ?? `#${value}`;
    case 'owner_id':
    case 'assignee_id':
    case 'creator_id':
      return catalog.user(Number(value))?.name ?? `#${value}`;
    case 'label_ids':
      return (value as number[]).map(id => catalog.label(id)?.name ?? `#${id}`).join(', ');
    case 'expected_close':
    case 'birthday':
    case 'due_on':
      return format.day(String(value));
    case 'due_time':
      return format.clock(String(value));
    case 'visible_to':
      return sight[Number(value)] ?? String(value);
    case 'type':
      return catalog.activityTypes.find(one => one.key === value)?.name ?? capital(String(value));
    case 'status':
    case 'priority':
    case 'loss_category':
    case 'forecast_category':
    case 'billing_frequency':
    case 'decision_role':
    case 'marketing_status':
      return capital(String(value));
    case 'probability':
    case 'tax':
      return format.percent(Number(value));
    case 'note':
      return htmlToText(String(value));
  }
  const custom = fieldNames[field] ? undefined : customOf(field, catalog, subject);
  if (custom) return customText(custom, value, catalog, format);
  if (field.endsWith('_at') && typeof value === 'string') return format.instant(value);
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(one => part(one, format)).join(', ');
  return typeof value === 'object' ? part(value, format) : String(value);
};

/** One of several, or a value of several parts: what it is called, without what only the program looks at. */
const part = (value: unknown, format: Format): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = value as Record<string, unknown>;
  if (typeof parts.price === 'number' && typeof parts.currency === 'string') return format.money(parts.price, parts.currency);
  const named = parts.name ?? parts.value ?? parts.email;
  if (typeof named === 'string' || typeof named === 'number') return String(named);
  return Object.values(parts)
    .filter(one => typeof one === 'string' || typeof one === 'number')
    .join(' ');
};

const dialects: Record<string, string> = {
  native: 'our API',
  pipedrive: 'Pipedrive API',
  automatenexus: 'AutomateNexus API',
  switch: 'Switch API',
  cpod: 'cPod API',
  ysuite: 'YSuite API',
  web: 'the app',
  cli: 'the command line',
  automation: 'an automation',
  system: 'the server',
};

export const dialectName = (dialect: string | null | undefined) => (dialect ? (dialects[dialect] ?? dialect) : '');

type Doing = { actor_id?: number | null; dialect?: string | null };

/** Who did it: a user, or what did it by itself. Never empty. */
export const whoDid = ({ actor_id, dialect }: Doing, catalog: Catalog): string => {
  if (actor_id) return catalog.user(actor_id)?.name ?? `#${actor_id}`;
  return dialect === 'automation' || dialect === 'cli' ? capital(dialectName(dialect)) : 'The server';
};

/** Through what, when that says more than who: nothing for the app, nor for what did it by itself. */
export const throughWhat = ({ actor_id, dialect }: Doing): string =>
  actor_id && dialect && dialect !== 'web' ? `through ${dialectName(dialect)}` : '';
