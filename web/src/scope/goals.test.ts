import { expect, it } from 'vitest';
import { type Goal, goalFor, originOf, type Whose } from './goals';

const december = { first: '2026-12-01', last: '2026-12-31' };
const all: Whose = { owner: null, pipeline: null, members: null };

const goal = (owner_id: number | null, pipeline_id: number | null, value: number, more: Partial<Goal> = {}) =>
  ({ owner_id, pipeline_id, value, period: 'month', currency: 'EUR', from: '2026-01-01', until: null, ...more }) as Goal;

const value = (goals: Goal[], whose: Partial<Whose>) => goalFor(goals, december, 'month', { ...all, ...whose })?.value ?? null;

it('what was set for exactly this comes before any sum', () => {
  const goals = [goal(null, null, 100), goal(null, 7, 30), goal(1, null, 20), goal(1, 7, 15)];
  expect(value(goals, {})).toBe(100);
  expect(value(goals, { pipeline: 7 })).toBe(30);
  expect(value(goals, { owner: 1 })).toBe(20);
  expect(value(goals, { owner: 1, pipeline: 7 })).toBe(15);
});

it('a goal for more than is shown is no measure of it', () => {
  const company = [goal(null, null, 100)];
  expect(value(company, { owner: 1 })).toBeNull();
  expect(value(company, { pipeline: 7 })).toBeNull();
  expect(value(company, { members: [1, 2] })).toBeNull();
  expect(value([goal(1, null, 20)], { owner: 1, pipeline: 7 })).toBeNull();
});

it('the company has the goals of its pipelines, else of its owners, and never both', () => {
  const owners = [goal(1, 7, 10), goal(1, 8, 5), goal(2, null, 20)];
  expect(goalFor(owners, december, 'month', all)).toEqual({ value: 35, currency: 'EUR', from: 'owners', parts: 2 });
  const pipelines = [...owners, goal(null, 7, 60), goal(null, 8, 40)];
  expect(goalFor(pipelines, december, 'month', all)).toEqual({ value: 100, currency: 'EUR', from: 'pipelines', parts: 2 });
});

it('a team has the goals of its members in the pipeline that is shown', () => {
  const goals = [goal(1, 7, 10), goal(2, 7, 20), goal(3, 7, 40), goal(2, 8, 80), goal(null, 7, 500)];
  expect(value(goals, { members: [1, 2], pipeline: 7 })).toBe(30);
  expect(value(goals, { members: [1, 2] })).toBe(110);
  expect(value(goals, { members: [9] })).toBeNull();
});

it('parts in several currencies have no sum', () => {
  expect(value([goal(1, null, 10), goal(2, null, 20, { currency: 'USD' })], {})).toBeNull();
});

it('holds on the days that are shown and is cut to their length', () => {
  const quarter = goal(null, null, 3000, { period: 'quarter', from: '2026-11-15' });
  expect(value([quarter], {})).toBe(1000);
  expect(value([{ ...quarter, until: '2026-11-30' }], {})).toBeNull();
  expect(value([{ ...quarter, from: '2027-01-01' }], {})).toBeNull();
});

it('says where it comes from', () => {
  const of = (from: 'set' | 'owners' | 'pipelines', parts: number) => originOf({ value: 1, currency: 'EUR', from, parts });
  expect([of('set', 1), of('owners', 1), of('pipelines', 3)]).toEqual([
    'set for this',
    'the goal of 1 owner',
    'the goals of 3 pipelines together',
  ]);
});
