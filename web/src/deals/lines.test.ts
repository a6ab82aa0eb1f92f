import { expect, it } from 'vitest';
import { lineTotal } from './lines';

const line = {
  item_price: 100,
  quantity: 2,
  discount: 0,
  discount_type: 'percentage',
  tax: 20,
  tax_method: 'none',
  billing_cycles: null,
  billing_frequency: 'one_time',
  is_enabled: true,
} as const;

it('is price by quantity less the discount', () => {
  expect(lineTotal(line)).toBe(200);
  expect(lineTotal({ ...line, discount: 10 })).toBe(180);
  expect(lineTotal({ ...line, discount: 30, discount_type: 'amount' })).toBe(170);
});

it('adds tax only on top', () => {
  expect(lineTotal({ ...line, tax_method: 'exclusive' })).toBe(240);
  expect(lineTotal({ ...line, tax_method: 'inclusive' })).toBe(200);
});

it('counts cycles of recurring lines, and one where there is no end', () => {
  expect(lineTotal({ ...line, billing_frequency: 'monthly', billing_cycles: 12 })).toBe(2400);
  expect(lineTotal({ ...line, billing_frequency: 'monthly' })).toBe(200);
  expect(lineTotal({ ...line, is_enabled: false })).toBe(0);
});
