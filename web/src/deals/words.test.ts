import { expect, it } from 'vitest';
import type { Deal } from '../api/types';
import { reversed } from './useDeal';
import { duration, stays } from './words';

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
