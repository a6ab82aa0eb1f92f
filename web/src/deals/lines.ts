import type { components } from '../api/types';

type Line = Pick<
  components['schemas']['DealProduct'],
  'item_price' | 'quantity' | 'discount' | 'discount_type' | 'tax' | 'tax_method' | 'billing_cycles' | 'billing_frequency' | 'is_enabled'
>;

/** What a line comes to, to show beside it; the deal's value is the server's. A line until cancelled counts one cycle. */
export const lineTotal = (line: Line): number => {
  if (!line.is_enabled) return 0;
  const gross = line.item_price * line.quantity;
  const net = line.discount_type === 'percentage' ? gross * (1 - line.discount / 100) : gross - line.discount;
  const taxed = line.tax_method === 'exclusive' ? net * (1 + line.tax / 100) : net;
  const cycles = line.billing_frequency === 'one_time' ? 1 : (line.billing_cycles ?? 1);
  return Math.round(Math.max(0, taxed) * cycles * 100) / 100;
};
