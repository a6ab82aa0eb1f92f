import type { Deal, FieldDefinition, Stage, User } from '../api/types';

/**
 * What a stage asks of deals that enter it, as the server will judge it (docs/stage-rules.md): so that the board can say no
 * while a card is still in the hand. Pure. The server stays the judge; where the browser cannot know, it lets the deal pass.
 */

export type Mover = Pick<User, 'id' | 'role' | 'group_id'>;
type Circle = NonNullable<NonNullable<Stage['rules']>['who']>;

/** What a deal must hold, and whether a form can ask for it: products and activities are added on the deal itself. */
export const elsewhere = ['products', 'next_activity'];

const names: Record<string, string> = {
  value: 'Value',
  expected_close: 'Expected close',
  probability: 'Probability',
  owner_id: 'Owner',
  assignee_id: 'Assignee',
  person_id: 'Person',
  org_id: 'Organization',
  next_followup_at: 'Next follow-up',
  source: 'Source',
  deal_type: 'Deal type',
  forecast_category: 'Forecast category',
  description: 'Description',
  label_ids: 'Labels',
  tag_ids: 'Tags',
  competitors: 'Competitors',
  closure_notes: 'Closing comment',
  won_reason: 'Won reason',
  lost_reason: 'Lost reason',
  loss_category: 'Loss category',
  products: 'Products',
  next_activity: 'A planned activity',
};

const only: Record<string, Stage['kind']> = { won_reason: 'won', lost_reason: 'lost', loss_category: 'lost' };

/** The fields that a stage of this kind can ask for. */
export const askable = (kind: Stage['kind'], fields: FieldDefinition[]) => [
  ...Object.entries(names)
    .filter(([name]) => only[name] === undefined || only[name] === kind)
    .map(([value, label]) => ({ value, label })),
  ...fields.filter(field => field.subject === 'deal').map(field => ({ value: `custom.${field.slug}`, label: field.name })),
];

export const nameOf = (name: string, fields: FieldDefinition[]) =>
  names[name] ?? fields.find(field => field.subject === 'deal' && `custom.${field.slug}` === name)?.name ?? name;

/** Groups above one's own are the server's knowledge, so a named group never excludes. */
const has = (circle: Circle, { id, role, group_id }: Mover) => {
  const isEveryone = circle.roles.length + circle.user_ids.length + circle.group_ids.length === 0;
  if (isEveryone || role === 'admin' || circle.roles.includes(role) || circle.user_ids.includes(id)) return true;
  return circle.group_ids.length > 0 && group_id !== null;
};

/** Whether somebody may fill in a field. */
export const mayEdit = (field: FieldDefinition, mover: Mover) => !field.editors || has(field.editors, mover);

const isGiven = (deal: Deal, name: string) => {
  if (name === 'products') return (deal.facts?.products ?? 0) > 0;
  if (name === 'next_activity') return deal.facts?.next_activity_on != null;
  const value = name.startsWith('custom.')
    ? (deal.custom as Record<string, unknown>)[name.slice('custom.'.length)]
    : (deal as Record<string, unknown>)[name];
  return Array.isArray(value) ? value.length > 0 : value != null && value !== '';
};

/** What some deals lack to enter a stage. A field that was deleted is asked for no longer. */
export const missing = (deals: Deal[], to: Stage, fields: FieldDefinition[]): string[] => {
  const known = new Set(askable(to.kind, fields).map(one => one.value));
  const entering = deals.filter(deal => to.kind !== 'open' || deal.stage_id !== to.id);
  return (to.rules?.required ?? []).filter(name => known.has(name) && entering.some(deal => !isGiven(deal, name)));
};

/** Why a deal may not enter a stage whatever is filled in, or null. `stages` are those of the stage's pipeline, in order. */
export const whyNot = (deal: Deal, to: Stage, stages: Stage[], mover: Mover): string | null => {
  const rules = to.rules;
  if (!rules || (to.kind === 'open' && deal.stage_id === to.id)) return null;
  if (rules.who && !has(rules.who, mover)) return `Not for you to bring deals to ${to.name}`;
  const open = stages.filter(stage => stage.kind === 'open');
  const from = deal.pipeline_id === to.pipeline_id ? open.findIndex(stage => stage.id === deal.stage_id) : -1;
  if (from >= 0) {
    const at = to.kind === 'open' ? open.findIndex(stage => stage.id === to.id) : open.length;
    if (!rules.may_skip && at > from + 1)
      return to.kind === 'open' ? `Only from ${open[at - 1]!.name}, the stage before` : `Only from ${open[at - 1]!.name}, the last stage`;
    if (!rules.may_return && at < from) return `No coming back to ${to.name}`;
  }
  const first = rules.required.find(name => elsewhere.includes(name) && !isGiven(deal, name));
  return first === 'products' ? 'Add a product to the deal first' : first ? 'Plan an activity on the deal first' : null;
};

/** The stage that a deal closes through. */
export const outcome = (kind: 'won' | 'lost', pipelineId: number, stages: Stage[]) =>
  stages.find(stage => stage.pipeline_id === pipelineId && stage.kind === kind);

/** Who is in a circle, in a few words; nobody for everyone. */
export const peopleOf = (circle: Circle | null, nameOfUser: (id: number) => string | undefined): string[] =>
  circle
    ? [
        ...circle.roles.map(role => `${role}s`),
        ...circle.user_ids.map(id => nameOfUser(id) ?? `user ${id}`),
        ...(circle.group_ids.length ? [`${circle.group_ids.length} ${circle.group_ids.length === 1 ? 'group' : 'groups'}`] : []),
      ]
    : [];

/** What a stage asks, in a few words; empty when it asks nothing. */
export const told = (stage: Stage, fields: FieldDefinition[], nameOfUser: (id: number) => string | undefined): string[] => {
  const rules = stage.rules;
  if (!rules) return [];
  const people = peopleOf(rules.who, nameOfUser);
  return [
    ...(rules.required.length ? [`Needs ${rules.required.map(name => nameOf(name, fields)).join(', ')}`] : []),
    ...(rules.may_skip ? [] : [stage.kind === 'won' ? 'Only from the last stage' : 'No skipping']),
    ...(rules.may_return ? [] : ['No coming back']),
    ...(people.length ? [`Only ${people.join(', ')}`] : []),
  ];
};
