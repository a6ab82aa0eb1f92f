import { addDays, addMonths, startOf } from '../forecast/forecast';

export const presets = [
  { value: 'this_month', label: 'This month' },
  { value: 'this_quarter', label: 'This quarter' },
  { value: 'this_year', label: 'This year' },
  { value: 'last_12_months', label: 'Last 12 months' },
  { value: 'last_year', label: 'Last year' },
  { value: 'all', label: 'All time' },
  { value: 'custom', label: 'From … to …' },
];

export type Days = { from: string | undefined; to: string | undefined };

/** The days of a period by its name; what is not known is the last twelve months. */
export const daysOf = (preset: string | null, from: string | null, to: string | null, today: string): Days => {
  const year = today.slice(0, 4);
  switch (preset) {
    case 'this_month':
      return { from: startOf('month', today), to: addDays(addMonths(startOf('month', today), 1), -1) };
    case 'this_quarter':
      return { from: startOf('quarter', today), to: addDays(addMonths(startOf('quarter', today), 3), -1) };
    case 'this_year':
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case 'last_year':
      return { from: `${Number(year) - 1}-01-01`, to: `${Number(year) - 1}-12-31` };
    case 'all':
      return { from: undefined, to: undefined };
    case 'custom':
      return { from: from ?? undefined, to: to ?? undefined };
    default:
      return { from: addMonths(startOf('month', today), -11), to: today };
  }
};

/** The months of a period, so that a month without deals is shown as none; those that have any when the period is open. */
export const monthsOf = (days: Days, present: string[]) => {
  const sorted = [...present].sort();
  const first = days.from ? startOf('month', days.from) : sorted[0];
  const last = days.to ? startOf('month', days.to) : sorted.at(-1);
  if (!first || !last) return [];
  const months: string[] = [];
  for (let month = first; month <= last && months.length < 120; month = addMonths(month, 1)) months.push(month);
  return months;
};
