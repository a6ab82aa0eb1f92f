import { expect, it } from 'vitest';
import { nextOf } from './useRoving';

it('arrows stop at both ends, Home and End go there', () => {
  expect(['ArrowDown', 'ArrowUp', 'Home', 'End'].map(key => nextOf(key, 2, 5))).toEqual([3, 1, 0, 4]);
  expect([nextOf('ArrowDown', 4, 5), nextOf('ArrowUp', 0, 5), nextOf('Enter', 2, 5), nextOf('End', 0, 0)]).toEqual([4, 0, null, null]);
});
