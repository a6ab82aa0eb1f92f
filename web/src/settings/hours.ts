/** The dearest hour of a day, the first of several; none when nothing was called. */
export const peakOf = (hours: number[]): { hour: number; cost: number } | null => {
  const cost = Math.max(0, ...hours);
  return cost === 0 ? null : { hour: hours.indexOf(cost), cost };
};
