/** The moment at which a day begins where the workspace is. */
export const startOf = (day: string, timeZone: string): string => new Date(moment(Date.parse(`${day}T00:00:00Z`), timeZone)).toISOString();

/** The last moment of a day where the workspace is. */
export const endOf = (day: string, timeZone: string): string =>
  new Date(moment(Date.parse(`${day}T00:00:00Z`) + 86_400_000, timeZone) - 1).toISOString();

/** "2026-11-21 13:05" on a clock that hangs where the workspace is. */
export const instantOf = (text: string, timeZone: string): string =>
  new Date(moment(Date.parse(`${text.replace(' ', 'T')}Z`), timeZone)).toISOString();

const moment = (asUtc: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  // How far the zone is from UTC, asked twice: the first guess may lie on the other side of a change of the clocks.
  const there = (at: number) => {
    const part = Object.fromEntries(parts.formatToParts(at).map(one => [one.type, one.value]));
    return Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`);
  };
  const guess = asUtc - (there(asUtc) - asUtc);
  return guess - (there(guess) - asUtc);
};
