import { addDays, addMonths } from '../forecast/forecast';
import { type Aim, type Goal, goalFor, type Whose } from '../scope/goals';
import { linkTo, listUrl } from '../scope/scope';
import { movementNames } from './movements';
import { monthsOf } from './period';
import type { Report } from './report';
import { blue, green, grey, inMonth, is, moneyOf, red, type Schemas, type Setting } from './setting';

// What was won and lost from month to month, how the pipeline moved, and who does what.

export const winRateReport = (rates: Schemas['WinRateMonth'][], by: 'closed' | 'created', of: 'deals' | 'value', at: Setting): Report => {
  const byMonth = new Map(rates.map(rate => [rate.month, rate]));
  const date = by === 'closed' ? 'closed_at' : 'added_at';
  const name = (what: 'won' | 'lost') => (of === 'value' ? (`${by}_${what}_value` as const) : (`${by}_${what}` as const));
  const rateName = of === 'value' ? (`${by}_value_rate` as const) : (`${by}_rate` as const);
  return {
    shape: 'stacked',
    of: 'Month',
    format: of === 'value' ? moneyOf(at) : at.format.number,
    series: [
      { name: 'won', label: 'Won', color: green },
      { name: 'lost', label: 'Lost', color: red },
      { name: 'rate', label: 'Win rate, %', color: grey, line: true },
    ],
    rows: monthsOf(
      at.days,
      rates.flatMap(rate => rate.month ?? []),
    ).map(month => {
      const rate = byMonth.get(month);
      return {
        label: at.format.month(month),
        values: { won: rate?.[name('won')] ?? 0, lost: rate?.[name('lost')] ?? 0, rate: rate?.[rateName] ?? null },
        links: {
          won: listUrl(at.scope, inMonth(date, month), is('status', 'won')),
          lost: listUrl(at.scope, inMonth(date, month), is('status', 'lost')),
        },
      };
    }),
  };
};

export const wonReport = (months: Schemas['WonMonth'][], goal: (month: string) => Aim | null, at: Setting): Report => {
  const byMonth = new Map(months.map(month => [month.month, month.won]));
  const shown = monthsOf(
    at.days,
    months.flatMap(month => month.month ?? []),
  );
  const hasGoal = shown.some(month => goal(month) !== null);
  return {
    shape: 'columns',
    of: 'Month',
    format: moneyOf(at),
    series: [
      { name: 'value', label: 'Won', color: green },
      ...(hasGoal ? [{ name: 'goal', label: 'Goal', color: grey, line: true }] : []),
      { name: 'deals', label: 'Deals', color: grey, apart: true },
    ],
    rows: shown.map(month => ({
      label: at.format.month(month),
      values: {
        value: byMonth.get(month)?.value ?? 0,
        deals: byMonth.get(month)?.deals ?? 0,
        ...(hasGoal ? { goal: goal(month)?.value ?? null } : {}),
      },
      links: { value: listUrl(at.scope, inMonth('closed_at', month), is('status', 'won')) },
    })),
  };
};

/** The deals that a sum names, by their ids: what they were then is in no condition. */
const dealsOf = (sum: Schemas['MovementSum'] | null | undefined) => {
  const link = linkTo(sum?.deal_ids);
  return { value: link, deals: link };
};

export const movementReport = (movement: Schemas['Movement'], from: string, to: string, isNow: boolean, at: Setting): Report => ({
  shape: 'waterfall',
  of: 'Movement',
  format: value => at.format.money(Math.round(value), movement.converted_to, true),
  series: [
    { name: 'value', label: 'Value', color: blue },
    { name: 'deals', label: 'Deals', color: grey, apart: true },
  ],
  rows: [
    {
      label: `Open ${at.format.day(from)}`,
      values: { value: movement.start?.value ?? 0, deals: movement.start?.deals ?? 0 },
      links: dealsOf(movement.start),
      color: blue,
      standsAlone: true,
    },
    ...movement.lines
      .filter(line => line.deals > 0)
      .map(line => ({
        label: movementNames[line.kind] ?? line.kind,
        values: { value: line.value, deals: line.deals },
        links: dealsOf(line),
        color: line.kind === 'won' || line.value >= 0 ? green : red,
      })),
    {
      label: `Open ${at.format.day(to)}`,
      values: { value: movement.end?.value ?? 0, deals: movement.end?.deals ?? 0 },
      links: isNow
        ? { value: listUrl(at.scope, is('status', 'open')), deals: listUrl(at.scope, is('status', 'open')) }
        : dealsOf(movement.end),
      color: blue,
      standsAlone: true,
    },
  ],
});

export const activityReport = (
  counts: Schemas['ActivityCount'][],
  userName: (id: number) => string,
  url: (owner: number | null, kind: 'done' | 'planned' | 'overdue') => string,
  at: Setting,
): Report => ({
  shape: 'stackedBars',
  of: 'User',
  format: at.format.number,
  series: [
    { name: 'done', label: 'Done', color: green },
    { name: 'planned', label: 'Planned', color: grey },
    { name: 'overdue', label: 'Overdue', color: red },
  ],
  rows: counts.map(count => ({
    label: count.owner_id == null ? 'Nobody' : userName(count.owner_id),
    values: { done: count.done, planned: count.planned, overdue: count.overdue },
    links: {
      done: url(count.owner_id ?? null, 'done'),
      planned: url(count.owner_id ?? null, 'planned'),
      overdue: url(count.owner_id ?? null, 'overdue'),
    },
  })),
});

/** What is meant to be won in each month; none in another currency. */
export const monthlyGoal =
  (goals: Goal[], whose: Whose | null, currency: string) =>
  (month: string): Aim | null => {
    const aim = whose && goalFor(goals, { first: month, last: addDays(addMonths(month, 1), -1) }, 'month', whose);
    return aim?.currency === currency ? aim : null;
  };
