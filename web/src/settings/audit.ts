import type { Catalog } from '../api/catalog';
import type { ApiEvent } from '../api/types';
import { fieldName, fieldValue, isTold, type Subject } from '../past/words';
import type { Format } from '../ui/format';
import { capital } from '../ui/words';
import { typeName } from './fieldTypes';
import { dialectName } from './names';

type Change = ApiEvent['changes'][number];

/** The kinds of records whose changes the log keeps, as people call them. */
export const kinds: Record<string, string> = {
  deal: 'Deal',
  person: 'Person',
  organization: 'Organization',
  lead: 'Lead',
  activity: 'Activity',
  note: 'Note',
  file: 'File',
  mail_message: 'E-mail',
  product: 'Product',
  deal_product: 'Product of a deal',
  deal_discount: 'Discount of a deal',
  installment: 'Installment',
  pipeline: 'Pipeline',
  stage: 'Stage',
  field: 'Custom field',
  label: 'Label',
  tag: 'Tag',
  lost_reason: 'Lost reason',
  activity_type: 'Activity type',
  currency: 'Currency',
  goal: 'Goal',
  filter: 'Saved view',
  user: 'User',
  user_group: 'Team',
  api_key: 'API key',
  app: 'App',
  grant: 'Permission of an app',
  webhook: 'Webhook',
  automation: 'Automation',
  workspace: 'Workspace',
};

export const kindName = (subject: string) => kinds[subject] ?? capital(subject);

/** What the log calls what was done, as people say it. */
export const deeds: Record<string, string> = {
  created: 'created',
  updated: 'changed',
  deleted: 'deleted',
  restored: 'restored',
  merged: 'merged into another',
  archived: 'archived',
  unarchived: 'taken out of the archive',
  purged: 'removed for good',
  signed_in: 'signed in',
  previewed: 'looked at as',
};

export const deedName = (action: string) => deeds[action] ?? action.replaceAll('_', ' ');

/** Where a record is looked at; none for those without a page. */
export const pageOf = (subject: string, id: number): string | undefined => {
  switch (subject) {
    case 'deal':
      return `/deals/${id}`;
    case 'person':
      return `/contacts/persons/${id}`;
    case 'organization':
      return `/contacts/organizations/${id}`;
    case 'product':
      return `/products/${id}`;
    case 'webhook':
    case 'automation':
      return `/settings/${subject}s/${id}`;
  }
};

/** The kind of record among whose fields a line's are looked up; leads have the custom fields of deals. */
const fieldsOf = (subject: string): Subject =>
  subject === 'person' || subject === 'organization' || subject === 'product' || subject === 'activity' ? subject : 'deal';

/** The changes that people are told of: all of them where the line would say nothing else. */
export const toldChanges = (event: ApiEvent): Change[] => {
  const told = event.changes.filter(change => isTold(change.field) && (change.old !== null || change.new !== null));
  return told.length > 0 || event.action !== 'updated' ? told : event.changes;
};

const sums = new Set(['value', 'amount', 'item_price', 'mrr', 'arr', 'acv', 'annual_revenue']);

/** What the records that values name by id are called. */
export type NameOf = (subject: string, id: number) => string | undefined;

const named: Record<string, string> = {
  deal_id: 'deal',
  source_deal_id: 'deal',
  lead_id: 'lead',
  person_id: 'person',
  participant: 'person',
  org_id: 'organization',
  product_id: 'product',
  activity_id: 'activity',
  user_id: 'user',
  follower: 'user',
  deleted_by: 'user',
  updated_by: 'user',
  group_id: 'user_group',
  parent_id: 'user_group',
};

/** Whether a line names tags, which have a list of their own. */
export const namesTags = (event: ApiEvent) => event.subject === 'tag' || event.changes.some(change => change.field === 'tag_ids');

/** The records of a kind that lines name, those that they are about among them. */
export const namedIn = (events: ApiEvent[], subject: string): number[] =>
  events.flatMap(event => [
    ...(event.subject === subject ? [event.subject_id] : []),
    ...toldChanges(event)
      .filter(change => named[change.field] === subject)
      .flatMap(change => [change.old, change.new])
      .filter(one => typeof one === 'number'),
  ]);

/** Custom fields, labels and views are of one kind of record, which the log calls their subject. */
const isOfKind = ({ subject }: ApiEvent) => subject === 'field' || subject === 'label' || subject === 'filter';

const roleText = (value: unknown, nameOf: NameOf) => {
  const { person_id, role } = value as { person_id: number; role: string };
  return `${nameOf('person', person_id) ?? `#${person_id}`}: ${capital(role)}`;
};

/** What has parts that have no words: conditions, rules, what an automation does. */
const brief = (value: unknown) => {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
};

/** One side of a change as people read it. */
const valueText = (
  value: unknown,
  { field }: Change,
  event: ApiEvent,
  currency: string | undefined,
  nameOf: NameOf,
  catalog: Catalog,
  format: Format,
) => {
  if (value === null) return '–';
  if (typeof value === 'number' && sums.has(field) && currency) return format.money(value, currency);
  const about = named[field];
  if (about && typeof value === 'number') return nameOf(about, value) ?? `#${value}`;
  if (field === 'tag_ids' && Array.isArray(value)) return value.map(id => nameOf('tag', id) ?? `#${id}`).join(', ') || '–';
  if (event.subject === 'field' && field === 'type') return typeName(value as Parameters<typeof typeName>[0]);
  if (field === 'dialect') return dialectName(String(value));
  if (field === 'subject' && isOfKind(event)) return kindName(String(value));
  if (field === 'participant_role') return roleText(value, nameOf);
  return fieldValue(field, value, catalog, format, fieldsOf(event.subject)) || brief(value);
};

/** A change as people read it: what is called what, from, to. */
export const told = (change: Change, event: ApiEvent, currency: string | undefined, nameOf: NameOf, catalog: Catalog, format: Format) => {
  const become = event.changes.find(one => one.field === 'currency');
  const side = (value: unknown, code: unknown) =>
    valueText(value, change, event, typeof code === 'string' ? code : currency, nameOf, catalog, format);
  return {
    name: change.field === 'subject' && isOfKind(event) ? 'Of' : fieldName(change.field, catalog, fieldsOf(event.subject)),
    old: side(change.old, become?.old),
    new: side(change.new, become?.new),
  };
};

/** What a record was called when a line was written, as far as the line itself says so. */
export const nameWritten = (event: ApiEvent): string | undefined => {
  for (const field of ['title', 'name', 'subject', 'code', 'url']) {
    const change = event.changes.find(one => one.field === field);
    const name = change?.new ?? change?.old;
    if (typeof name === 'string' && name) return name;
  }
};
