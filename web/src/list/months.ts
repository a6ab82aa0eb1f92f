/** No list of groups is longer than this; what lies beyond is found by a filter. */
const most = 60;

export type Month = { key: string; first: string; last: string };

/** The months from one day's to the other's, both included. */
export const monthsBetween = (from: string | null | undefined, to: string | null | undefined): Month[] => {
  if (!from || !to) return [];
  const months: Month[] = [];
  let [year, month] = from.split('-').map(Number) as [number, number];
  for (; months.length < most; month++) {
    if (month > 12) [year, month] = [year + 1, 1];
    const key = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    if (key > to.slice(0, 7)) break;
    const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
    months.push({ key, first: `${key}-01`, last: `${key}-${days}` });
  }
  return months;
};
