import { expect, it } from 'vitest';
import { allOf, complete, isComplete, read, write } from './condition';

const value = { field: 'value', operator: 'at_least', value: 1000 } as const;
const half = { field: 'owner_id', operator: 'in', values: [] } as const;

it('leaves out what is not written to its end', () => {
  expect(complete({ and: [value, { ...half, values: [] }] })).toEqual(value);
  expect(complete({ ...half, values: [] })).toBeNull();
  expect(isComplete({ field: 'expected_close', operator: 'is_empty' })).toBe(true);
  expect(isComplete({ field: 'value', operator: 'between', values: [1, ''] })).toBe(false);
});

it('joins conditions without nesting', () => {
  expect(allOf(null, value, undefined)).toEqual(value);
  expect(allOf({ and: [value, value] }, value)).toEqual({ and: [value, value, value] });
  expect(allOf(null)).toBeNull();
});

it('reads what it wrote, and nothing else', () => {
  expect(read(write({ or: [value, value] }))).toEqual({ or: [value, value] });
  expect(read('{broken')).toBeNull();
  expect(read('[1]')).toBeNull();
  expect(read(undefined)).toBeNull();
});
