import { expect, it } from 'vitest';
import { readPrices, writePrices } from './prices';

const given = [{ currency: 'EUR', price: 10, cost: null, direct_cost: 4, notes: 'old list' }];

it('keeps what the form does not show, and leaves out rows without a price', () => {
  const prices = [...readPrices(given), { currency: 'USD', price: '' as const, cost: 3 }];
  expect(writePrices(prices, given)).toEqual(given);
});

it('tells no cost from a cost of nothing', () => {
  expect(writePrices([{ currency: 'EUR', price: 0, cost: 0 }])).toEqual([
    { currency: 'EUR', price: 0, cost: 0, direct_cost: null, notes: null },
  ]);
});
