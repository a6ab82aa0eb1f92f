import { expect, it } from 'vitest';
import type { Catalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { formatter } from '../ui/format';
import { reversed } from './useDeal';
import { duration, fieldName, fieldValue, stays } from './words';

const catalog = {
  fields: [{ subject: 'deal', key: 'a'.repeat(40), slug: 'segment', name: 'Segment' }],
  stage: (id: number) => (id === 7 ? { name: 'Demo' } : undefined),
  user: () => undefined,
  pipeline: () => undefined,
  label: () => undefined,
} as unknown as Catalog;
const format = formatter('en-US', 'UTC', () => Date.parse('2026-11-21T10:00:00Z'));

it('names ids', () => {
  expect(fieldValue('stage_id', 7, catalog, format)).toBe('Demo');
  expect(fieldValue('stage_id', 8, catalog, format)).toBe('#8');
  expect(fieldValue('expected_close', '2026-12-01', catalog, format)).toBe('Dec 1');
  expect(fieldValue('value', null, catalog, format)).toBe('–');
  expect(fieldValue('value', 0, catalog, format)).toBe('0');
});

it('names fields, custom ones too', () => {
  expect(fieldName('custom.segment', catalog)).toBe('Segment');
  expect(fieldName('a'.repeat(40), catalog)).toBe('Segment');
  expect(fieldName('something_else', catalog)).toBe('Something else');
});

it('says how long', () => expect([30, 90, 7300, 200_000].map(duration)).toEqual(['1 min', '2 min', '2 h', '2 d']));

it('adds several stays in a stage up', () => {
  const sums = stays([
    { stage_id: 1, seconds: 10, entered_at: 'a', left_at: 'b' },
    { stage_id: 2, seconds: 5, entered_at: 'b', left_at: 'c' },
    { stage_id: 1, seconds: 20, entered_at: 'c', left_at: null },
  ]);
  expect(sums.get(1)).toEqual({ seconds: 30, entered: 'a', left: null });
});

it('knows what takes a change back', () => {
  const deal = { status: 'open', value: 5, title: 'A', custom: { segment: 3 } } as unknown as Deal;
  expect(reversed(deal, { value: 9, title: 'B' })).toEqual({ value: 5, title: 'A' });
  expect(reversed(deal, { custom: { segment: 4, other: 1 } })).toEqual({ custom: { segment: 3, other: null } });
  expect(reversed(deal, { status: 'lost', lost_reason: 'Price' })).toEqual({ status: 'open' });
});
