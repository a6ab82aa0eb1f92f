import { describe, expect, it } from 'vitest';
import type { Deal, FieldDefinition, Stage } from '../api/types';
import { mayEdit, missing, told, whyNot } from './entry';

const everyone = { roles: [], user_ids: [], group_ids: [] };
const free = { required: [], may_skip: true, may_return: true, who: everyone };
const stage = (id: number, kind: Stage['kind'] = 'open', rules: Partial<NonNullable<Stage['rules']>> = {}) =>
  ({ id, pipeline_id: 1, name: `Stage ${id}`, kind, rules: { ...free, ...rules } }) as Stage;
const deal = (given: Partial<Deal> = {}) => ({ id: 7, pipeline_id: 1, stage_id: 11, value: null, custom: {}, ...given }) as Deal;
const seller = { id: 2, role: 'member' as const, group_id: null };
const budget = { subject: 'deal', slug: 'budget', name: 'Budget' } as FieldDefinition;

const ask = (from: number, to: Stage, mover: Parameters<typeof whyNot>[3] = seller) =>
  whyNot(
    deal({ stage_id: from }),
    to,
    [11, 12, 13].map(id => (id === to.id ? to : stage(id))).concat(to.kind === 'open' ? [] : [to]),
    mover,
  );

describe('whyNot', () => {
  // The same table as the engine's DealEntryRulesTests.
  it.each([
    ['no skip', 11, 12, null],
    ['no skip', 11, 13, 'Only from Stage 12, the stage before'],
    ['no skip', 12, 13, null],
    ['no skip', 13, 11, null],
    ['no skip', 99, 13, null],
    ['no return', 13, 11, 'No coming back to Stage 11'],
    ['no return', 11, 13, null],
  ])('%s: from %i to %i', (rule, from, to, reason) => {
    expect(ask(from, stage(to, 'open', rule === 'no skip' ? { may_skip: false } : { may_return: false }))).toBe(reason);
  });

  it('lets deals be won from the last stage only, when the won stage says so', () => {
    const won = stage(18, 'won', { may_skip: false });
    expect([ask(11, won), ask(13, won)]).toEqual(['Only from Stage 13, the last stage', null]);
  });

  it('knows who may bring deals, and lets the server judge groups', () => {
    const managers = stage(12, 'open', { who: { ...everyone, roles: ['manager'] } });
    const north = stage(12, 'open', { who: { ...everyone, group_ids: [5] } });
    expect(ask(11, managers)).toBe('Not for you to bring deals to Stage 12');
    expect(ask(11, managers, { ...seller, role: 'admin' })).toBeNull();
    expect(ask(11, managers, { ...seller, role: 'manager' })).toBeNull();
    expect(ask(11, north)).toBe('Not for you to bring deals to Stage 12');
    expect(ask(11, north, { ...seller, group_id: 6 })).toBeNull();
  });

  it('refuses what no form can fill in', () => {
    expect(ask(11, stage(12, 'open', { required: ['products'] }))).toBe('Add a product to the deal first');
  });
});

describe('missing', () => {
  const to = stage(12, 'open', { required: ['value', 'custom.budget', 'custom.gone'] });

  it('names what any of the deals lacks; zero is something', () => {
    expect(missing([deal({ value: 0 }), deal({ value: 1, custom: { budget: 5 } })], to, [budget])).toEqual(['custom.budget']);
    expect(missing([deal({ value: 0, custom: { budget: 0 } })], to, [budget])).toEqual([]);
  });

  it('asks nothing of deals that stay', () => expect(missing([deal({ stage_id: 12 })], to, [budget])).toEqual([]));
});

it('knows who may fill in a field', () => {
  const ofManagers = { ...budget, editors: { ...everyone, roles: ['manager'] } } as FieldDefinition;
  expect([mayEdit(budget, seller), mayEdit(ofManagers, seller), mayEdit(ofManagers, { ...seller, role: 'manager' })]).toEqual([
    true,
    false,
    true,
  ]);
});

it('tells what a stage asks', () => {
  const rules = { required: ['value', 'custom.budget'], may_skip: false, who: { ...everyone, roles: ['manager' as const], user_ids: [2] } };
  expect(told(stage(12, 'open', rules), [budget], id => (id === 2 ? 'Ada' : undefined))).toEqual([
    'Needs Value, Budget',
    'No skipping',
    'Only managers, Ada',
  ]);
});
