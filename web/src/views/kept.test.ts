import { expect, it } from 'vitest';
import type { SavedFilter } from '../api/types';
import { addressOf, isChanged, keptOf, keptOfAddress } from './kept';

const view = (condition: unknown, list: string) => ({ id: 7, condition, view: { list } }) as unknown as SavedFilter;
const where = { field: 'name', operator: 'contains', value: 'a' } as const;

it('keeps an address without what belongs to the moment, and gives it back', () => {
  const kept = keptOfAddress(new URLSearchParams({ view: '3', q: 'ann', day: '2026-11-21', where: JSON.stringify(where) }), ['day']);
  expect(kept).toEqual({ where, list: 'q=ann' });
  expect(addressOf(kept, 7).toString()).toBe(new URLSearchParams({ q: 'ann', where: JSON.stringify(where), view: '7' }).toString());
});

it('reads everything as no condition', () => {
  expect(keptOf(view({ and: [] }, 'sort=name'))).toEqual({ where: null, list: 'sort=name' });
});

it('sees a change of condition or order, and none in the order of the parameters', () => {
  expect(isChanged({ where, list: 'b=2&a=1' }, view(where, 'a=1&b=2'))).toBe(false);
  expect(isChanged({ where: null, list: 'a=1&b=2' }, view(where, 'a=1&b=2'))).toBe(true);
  expect(isChanged({ where, list: 'a=1' }, view(where, 'a=1&b=2'))).toBe(true);
});
