import { expect, it } from 'vitest';
import { monthsBetween } from './months';

it('goes over the end of a year, and knows how long February is', () => {
  expect(monthsBetween('2027-12-05', '2028-02-01')).toEqual([
    { key: '2027-12', first: '2027-12-01', last: '2027-12-31' },
    { key: '2028-01', first: '2028-01-01', last: '2028-01-31' },
    { key: '2028-02', first: '2028-02-01', last: '2028-02-29' },
  ]);
});

it('is nothing without deals, and ends at some time', () => {
  expect(monthsBetween(null, '2028-02-01')).toEqual([]);
  expect(monthsBetween('1900-01-01', '2900-01-01')).toHaveLength(60);
});
