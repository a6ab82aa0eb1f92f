import type { components } from '../api/types';
import type { Condition } from '../filters/condition';
import { addDays, addMonths } from '../forecast/forecast';
import type { Format } from '../ui/format';
import type { Days } from './period';

export type Schemas = components['schemas'];
type Named = { id: number; name: string; color: string | null };

/** What every report needs to name and to link what it counts. */
export type Setting = {
  format: Format;
  currency: string;
  scope: Condition | null;
  days: Days;
  stages: Named[];
  stageName: (id: number) => string;
};

// Conditions and colours that the reports share.
export const is = (field: string, value: string | boolean): Condition => ({ field, operator: 'equals', value });
export const among = (field: string, values: (string | number)[]): Condition => ({ field, operator: 'in', values });
export const period = (field: string, days: Days): Condition | null =>
  days.from && days.to
    ? { field, operator: 'between', values: [days.from, days.to] }
    : days.from
      ? { field, operator: 'at_least', value: days.from }
      : days.to
        ? { field, operator: 'at_most', value: days.to }
        : null;
export const inMonth = (field: string, month: string): Condition => ({
  field,
  operator: 'between',
  values: [month, addDays(addMonths(month, 1), -1)],
});

export const blue = 'blue.6';
export const green = 'green.7';
export const red = 'red.6';
export const grey = 'gray.6';

export const moneyOf = (at: Setting) => (value: number) => at.format.money(Math.round(value), at.currency, true);
