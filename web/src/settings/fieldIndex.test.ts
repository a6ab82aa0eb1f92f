import { expect, test } from 'vitest';
import { maxIndexed, noIndexBecause } from './fieldTypes';

test('fields of deals, persons and organizations may have an index', () => {
  expect(noIndexBecause('deal', 'enum', 0)).toBeUndefined();
  expect(noIndexBecause('organization', 'varchar', maxIndexed - 1)).toBeUndefined();
  expect(noIndexBecause('product', 'enum', 0)).toContain('deals, persons and organizations');
});

test('long texts and addresses have none, whatever room there is', () => {
  expect(noIndexBecause('person', 'text', 0)).toContain('search');
  expect(noIndexBecause('person', 'address', 0)).toContain('search');
});

test('there are at most thirty of a kind', () => {
  expect(noIndexBecause('deal', 'enum', maxIndexed)).toContain('30');
});
