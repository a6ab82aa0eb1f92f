import { expect, it } from 'vitest';
import { reorder } from './sortable';

it('puts one before or after another', () => {
  expect(reorder([1, 2, 3], 3, 1, false)).toEqual([3, 1, 2]);
  expect(reorder([1, 2, 3], 1, 3, true)).toEqual([2, 3, 1]);
  expect(reorder([1, 2, 3], 1, 2, false)).toEqual([1, 2, 3]);
  expect(reorder([1, 2, 3], 2, 2, true)).toEqual([1, 2, 3]);
});
