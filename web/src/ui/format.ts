import { now } from './clock';

/** Numbers, money and time as the user's locale writes them. Pure: the hook beside it brings locale and time zone. */
export type Format = ReturnType<typeof formatter>;

const day = 86_400_000;

/** Days are calendar days: "2026-11-21" means the same everywhere, so they are never moved between time zones. */
const dayOf = (text: string) => new Date(`${text}T00:00:00Z`);

export const formatter = (locale: string, timeZone: string, now: () => number = Date.now) => {
  const money = new Map<string, Intl.NumberFormat>();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const lengths = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const daysWithYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const months = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone });
  const isoDay = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });

  const currency = (code: string, short: boolean, whole: boolean) => {
    const key = `${code}${short}${whole}`;
    let found = money.get(key);
    if (!found) {
      found = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: code,
        currencyDisplay: 'narrowSymbol',
        ...(short ? { notation: 'compact', maximumFractionDigits: 1 } : whole ? { maximumFractionDigits: 0 } : {}),
      });
      money.set(key, found);
    }
    return found;
  };

  // Asked by every card and cell: the day changes only with the minute.
  let minute = Number.NaN;
  let todayIs = '';
  const today = () => {
    const current = Math.floor(now() / 60_000);
    if (current !== minute) [minute, todayIs] = [current, isoDay.format(now())];
    return todayIs;
  };
  const daysFromToday = (text: string) => Math.round((dayOf(text).getTime() - dayOf(today()).getTime()) / day);

  return {
    locale,
    timeZone,
    /** Whole amounts lose their ",00"; cents that are there are shown. No value is a dash, which zero is not. */
    money: (value: number | null | undefined, code: string, short = false) =>
      value == null ? '–' : currency(code, short && Math.abs(value) >= 10_000, Number.isInteger(value)).format(value),
    number: (value: number | null | undefined) => (value == null ? '–' : number.format(value)),
    compact: (value: number) => compact.format(value),
    /** "23 days". */
    days: (value: number) => lengths.format(Math.round(value)),
    /** Of 0 to 100. */
    percent: (value: number | null | undefined) => (value == null ? '–' : percent.format(value / 100)),
    /** "2026-11-21", with the year only when it is another than this one. */
    day: (text: string | null | undefined) => {
      if (!text) return '–';
      return (text.slice(0, 4) === today().slice(0, 4) ? days : daysWithYear).format(dayOf(text));
    },
    /** Where the year is said already. */
    dayOfYear: (text: string) => days.format(dayOf(text)),
    /** "today", "in 3 days", "2 days ago" near today; else the day itself. */
    nearDay(text: string | null | undefined) {
      if (!text) return '–';
      const away = daysFromToday(text);
      return Math.abs(away) <= 6 ? relative.format(away, 'day') : this.day(text);
    },
    /** "13:00" as the locale writes it; a time of the day is never moved between time zones. */
    clock: (text: string) => clock.format(new Date(`1970-01-01T${text}Z`)),
    /** "tomorrow, 1:00 PM". */
    due(day: string | null | undefined, time: string | null | undefined) {
      const near = day ? this.nearDay(day) : 'no day';
      return time ? `${near}, ${this.clock(time)}` : near;
    },
    month: (text: string) => months.format(dayOf(text.length === 7 ? `${text}-01` : text)),
    instant: (text: string | null | undefined) => (text ? instants.format(new Date(text)) : '–'),
    time: (text: string) => times.format(new Date(text)),
    /** "5 minutes ago". */
    ago: (text: string) => {
      const seconds = (new Date(text).getTime() - now()) / 1000;
      const size = Math.abs(seconds);
      if (size < 45) return relative.format(0, 'second');
      if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
      if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
      if (size < 30 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
      return daysWithYear.format(new Date(text));
    },
    today,
    daysFromToday,
    /** The day of an instant where the user is. */
    dayOfInstant: (text: string) => isoDay.format(new Date(text)),
    /** Whole days since an instant. */
    daysSince: (text: string) => Math.max(0, Math.floor((now() - new Date(text).getTime()) / day)),
  };
};

const known = new Map<string, Format>();

/** The one formatter of a locale and time zone: making one costs more than a card. */
export const formatterOf = (locale: string, timeZone: string): Format => {
  const key = `${locale} ${timeZone}`;
  let found = known.get(key);
  if (!found) {
    found = formatter(locale, timeZone, now);
    known.set(key, found);
  }
  return found;
};

/** The first day of the week where the locale is spoken: 0 is Sunday. */
export const firstDayOfWeek = (locale: string): 0 | 1 | 6 => {
  try {
    const info = new Intl.Locale(locale).maximize() as Intl.Locale & {
      getWeekInfo?: () => { firstDay: number };
      weekInfo?: { firstDay: number };
    };
    const first = (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1;
    return first === 7 ? 0 : first === 6 ? 6 : 1;
  } catch {
    return 1;
  }
};
