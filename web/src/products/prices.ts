import type { Product } from '../api/types';

/** A price while it is typed. */
export type Price = { currency: string; price: number | ''; cost: number | '' };

type Given = Product['prices'][number];

export const readPrices = (given: Given[]): Price[] =>
  given.map(one => ({ currency: one.currency, price: one.price, cost: one.cost ?? '' }));

/** What is sent: rows without a price are left out, and what the form does not show stays as it was. */
export const writePrices = (prices: Price[], before: Given[] = []) =>
  prices.flatMap(one => {
    if (one.price === '') return [];
    const old = before.find(price => price.currency === one.currency);
    return [
      {
        currency: one.currency,
        price: one.price,
        cost: one.cost === '' ? null : one.cost,
        direct_cost: old?.direct_cost ?? null,
        notes: old?.notes ?? null,
      },
    ];
  });
