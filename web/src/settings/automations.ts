import type { Catalog } from '../api/catalog';
import type { components } from '../api/types';

type Schemas = components['schemas'];
export type Automation = Schemas['Automation'];
export type Trigger = Schemas['NewAutomation']['trigger'];
export type Action = Schemas['NewAutomation']['actions'][number];

export const triggers: { value: Trigger['on']; label: string }[] = [
  { value: 'created', label: 'a deal is added' },
  { value: 'updated', label: 'a deal is changed' },
  { value: 'stage_changed', label: 'a deal moves to another stage' },
  { value: 'won', label: 'a deal is won' },
  { value: 'lost', label: 'a deal is lost' },
  { value: 'rotten', label: 'a deal begins to rot' },
  { value: 'date_reached', label: 'a date of a deal comes' },
];

export const actions: { value: Action['do']; label: string }[] = [
  { value: 'create_activity', label: 'Plan an activity' },
  { value: 'set_field', label: 'Set a field' },
  { value: 'move', label: 'Move to a stage' },
  { value: 'assign', label: 'Assign to a user' },
  { value: 'tag', label: 'Add or remove tags' },
  { value: 'label', label: 'Add or remove labels' },
  { value: 'follow', label: 'Add a follower' },
  { value: 'call_webhook', label: 'Tell a webhook' },
];

export const settable = [
  'title',
  'value',
  'currency',
  'probability',
  'priority',
  'status',
  'expected_close',
  'next_followup_at',
  'visible_to',
  'won_reason',
  'lost_reason',
  'loss_category',
  'closure_notes',
  'source',
  'deal_type',
  'forecast_category',
  'description',
];

/** A value that somebody typed: JSON where it is JSON, else the text. */
export const typed = (text: string): unknown => {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export const untyped = (value: unknown) =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** When it starts, in words. */
export const describeTrigger = (trigger: Trigger, catalog: Catalog) => {
  const base = triggers.find(one => one.value === trigger.on)?.label ?? trigger.on;
  if (trigger.on === 'updated' && trigger.field) return `${trigger.field} of a deal changes`;
  if (trigger.on === 'stage_changed' && trigger.stage_id) return `a deal moves to ${catalog.stage(trigger.stage_id)?.name ?? 'a stage'}`;
  if (trigger.on === 'date_reached') {
    const days = trigger.days ?? 0;
    const when = days === 0 ? 'comes' : days > 0 ? `was ${days} days ago` : `is in ${-days} days`;
    return `${trigger.field ?? 'a date'} ${when}`;
  }
  return base;
};

/** The members that belong to what an action does; the others are left out. */
const members: Record<Action['do'], (keyof Action)[]> = {
  create_activity: ['subject', 'activity_type', 'note', 'due_in_days', 'due_time', 'owner_id'],
  set_field: ['field', 'value', 'in_days'],
  move: ['stage_id'],
  assign: ['user_id', 'as'],
  tag: ['add', 'remove'],
  label: ['add', 'remove'],
  follow: ['user_id'],
  call_webhook: ['webhook_id'],
};

export const cleanAction = (action: Action): Action => {
  const kept = members[action.do].filter(
    name => action[name] !== undefined && action[name] !== '' && !(name === 'value' && action.in_days !== undefined),
  );
  return { do: action.do, ...Object.fromEntries(kept.map(name => [name, action[name]])) } as Action;
};

const wanted: Record<Trigger['on'], (keyof Trigger)[]> = {
  created: [],
  updated: ['field'],
  stage_changed: ['stage_id'],
  won: [],
  lost: [],
  rotten: [],
  date_reached: ['field', 'days'],
};

export const cleanTrigger = (trigger: Trigger): Trigger => {
  const kept = wanted[trigger.on].filter(name => trigger[name] !== undefined && trigger[name] !== '');
  return { on: trigger.on, ...Object.fromEntries(kept.map(name => [name, trigger[name]])) } as Trigger;
};

/** Of a list that an action holds, what is a text, and what is a number: more than the form knows may have come through the API. */
export const words = (list: unknown): string[] => (Array.isArray(list) ? list.filter(one => typeof one === 'string') : []);
export const numbers = (list: unknown): number[] => (Array.isArray(list) ? list.filter(one => typeof one === 'number') : []);
