import type { components } from '../api/types';
import type { Condition } from '../filters/condition';
import { addDays, addMonths, type Column, type Goal, goalOf } from '../forecast/forecast';
import { listUrl } from '../scope/scope';
import type { Format } from '../ui/format';
import { type Days, monthsOf } from './period';
import type { Report } from './report';

type Schemas = components['schemas'];
type Named = { id: number; name: string };

/** What every report needs to name and to link what it counts. */
export type Setting = {
  format: Format;
  currency: string;
  scope: Condition | null;
  days: Days;
  stages: Named[];
  stageName: (id: number) => string;
};

const is = (field: string, value: string | boolean): Condition => ({ field, operator: 'equals', value });
const among = (field: string, values: (string | number)[]): Condition => ({ field, operator: 'in', values });
const period = (field: string, days: Days): Condition | null =>
  days.from && days.to
    ? { field, operator: 'between', values: [days.from, days.to] }
    : days.from
      ? { field, operator: 'at_least', value: days.from }
      : days.to
        ? { field, operator: 'at_most', value: days.to }
        : null;
const inMonth = (field: string, month: string): Condition => ({
  field,
  operator: 'between',
  values: [month, addDays(addMonths(month, 1), -1)],
});

const blue = 'blue.6';
const green = 'green.7';
const red = 'red.6';
const grey = 'gray.6';

export const funnelReport = (funnel: Schemas['Funnel'], by: 'reached' | 'entered', at: Setting): Report => ({
  shape: 'bars',
  of: 'Stage',
  format: at.format.number,
  series: [
    { name: 'deals', label: by === 'reached' ? 'Reached at least' : 'Entered', color: blue },
    ...(by === 'reached' ? [{ name: 'conversion', label: 'Went on, %', color: grey, apart: true }] : []),
  ],
  rows: [
    ...funnel.stages.map((stage, index) => ({
      label: at.stageName(stage.stage_id),
      values: { deals: by === 'reached' ? stage.reached : stage.entered, conversion: stage.conversion ?? null },
      links: {
        deals: listUrl(at.scope, period('added_at', at.days), {
          or: [
            among(
              'stage_id',
              funnel.stages.slice(index).map(one => one.stage_id),
            ),
            is('status', 'won'),
          ],
        }),
      },
    })),
    {
      label: 'Won',
      values: { deals: funnel.won, conversion: null },
      links: { deals: listUrl(at.scope, period('added_at', at.days), is('status', 'won')) },
      color: green,
    },
  ],
  figures: [
    { label: 'Won', text: at.format.number(funnel.won) },
    { label: 'Lost', text: at.format.number(funnel.lost) },
    { label: 'Win rate', text: at.format.percent(funnel.win_rate) },
  ],
});

export const velocityReport = (velocity: Schemas['Velocity'], at: Setting): Report => ({
  shape: 'bars',
  of: 'Stage',
  format: at.format.number,
  series: [
    { name: 'median', label: 'Median days', color: blue },
    { name: 'mean', label: 'Mean days', color: grey },
    { name: 'deals', label: 'Deals that left', color: grey, apart: true },
  ],
  rows: velocity.stages.map(stage => {
    const link = listUrl(at.scope, period('added_at', at.days), among('stage_id', [stage.stage_id]));
    return {
      label: at.stageName(stage.stage_id),
      values: { median: stage.median_days ?? null, mean: stage.mean_days ?? null, deals: stage.deals },
      links: { median: link, mean: link },
    };
  }),
  figures: [
    { label: 'Open deals', text: at.format.number(velocity.open_deals) },
    { label: 'Win rate', text: at.format.percent(velocity.win_rate) },
    { label: 'Average won', text: at.format.money(velocity.average_won_value, at.currency, true) },
    { label: 'Cycle', text: velocity.cycle_days == null ? '–' : `${at.format.number(Math.round(velocity.cycle_days))} days` },
    { label: 'Earns a day', text: velocity.per_day == null ? '–' : at.format.money(Math.round(velocity.per_day), at.currency, true) },
  ],
});

export const winRateReport = (rates: Schemas['WinRateMonth'][], by: 'closed' | 'created', at: Setting): Report => {
  const byMonth = new Map(rates.map(rate => [rate.month, rate]));
  const date = by === 'closed' ? 'closed_at' : 'added_at';
  return {
    shape: 'stacked',
    of: 'Month',
    format: at.format.number,
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
        values: {
          won: (by === 'closed' ? rate?.closed_won : rate?.created_won) ?? 0,
          lost: (by === 'closed' ? rate?.closed_lost : rate?.created_lost) ?? 0,
          rate: (by === 'closed' ? rate?.closed_rate : rate?.created_rate) ?? null,
        },
        links: {
          won: listUrl(at.scope, inMonth(date, month), is('status', 'won')),
          lost: listUrl(at.scope, inMonth(date, month), is('status', 'lost')),
        },
      };
    }),
  };
};

const palette = ['blue.6', 'teal.7', 'violet.6', 'orange.7', 'pink.6', 'cyan.7', 'grape.6', 'gray.6'];

/** The ten most frequent reasons, by the stage the deals were lost in. */
export const lossReport = (losses: Schemas['LossReasonTotal'][], at: Setting): Report => {
  const totals = new Map<string | null, number>();
  for (const loss of losses) totals.set(loss.reason ?? null, (totals.get(loss.reason ?? null) ?? 0) + (loss.lost?.deals ?? 0));
  const reasons = [...totals].sort((a, b) => b[1] - a[1]).slice(0, 10);
  const stages = [...new Set(losses.map(loss => loss.stage_id))];
  const order = new Map(at.stages.map((stage, index) => [stage.id, index]));
  stages.sort((a, b) => (order.get(a) ?? 999) - (order.get(b) ?? 999) || a - b);
  return {
    shape: 'stackedBars',
    of: 'Reason',
    format: at.format.number,
    series: stages.map((stage, index) => ({ name: String(stage), label: at.stageName(stage), color: palette[index % palette.length]! })),
    rows: reasons.map(([reason]) => ({
      label: reason ?? 'No reason given',
      values: Object.fromEntries(
        stages.map(stage => [
          String(stage),
          losses.find(loss => (loss.reason ?? null) === reason && loss.stage_id === stage)?.lost?.deals ?? 0,
        ]),
      ),
      links: Object.fromEntries(
        stages.map(stage => [
          String(stage),
          listUrl(
            at.scope,
            period('closed_at', at.days),
            is('status', 'lost'),
            among('stage_id', [stage]),
            reason === null ? { field: 'lost_reason', operator: 'is_empty' } : is('lost_reason', reason),
          ),
        ]),
      ),
    })),
  };
};

export const wonReport = (months: Schemas['WonMonth'][], goal: (month: string) => number | null, at: Setting): Report => {
  const byMonth = new Map(months.map(month => [month.month, month.won]));
  const shown = monthsOf(
    at.days,
    months.flatMap(month => month.month ?? []),
  );
  const hasGoal = shown.some(month => goal(month) !== null);
  return {
    shape: 'columns',
    of: 'Month',
    format: value => at.format.money(Math.round(value), at.currency, true),
    series: [
      { name: 'value', label: 'Won', color: green },
      ...(hasGoal ? [{ name: 'goal', label: 'Goal', color: grey, line: true }] : []),
      { name: 'deals', label: 'Deals', color: grey, apart: true },
    ],
    rows: shown.map(month => ({
      label: at.format.month(month),
      values: { value: byMonth.get(month)?.value ?? 0, deals: byMonth.get(month)?.deals ?? 0, ...(hasGoal ? { goal: goal(month) } : {}) },
      links: { value: listUrl(at.scope, inMonth('closed_at', month), is('status', 'won')) },
    })),
  };
};

const movements: Record<string, string> = {
  new: 'New',
  moved_in: 'Moved in',
  reopened: 'Reopened',
  restored: 'Restored',
  grown: 'Grown',
  shrunk: 'Shrunk',
  won: 'Won',
  lost: 'Lost',
  moved_out: 'Moved out',
  removed: 'Removed',
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
      color: blue,
      standsAlone: true,
    },
    ...movement.lines
      .filter(line => line.deals > 0)
      .map(line => ({
        label: movements[line.kind] ?? line.kind,
        values: { value: line.value, deals: line.deals },
        links: { value: line.deal_ids.length > 0 ? listUrl(among('id', line.deal_ids)) : undefined },
        color: line.kind === 'won' || line.value >= 0 ? green : red,
      })),
    {
      label: `Open ${at.format.day(to)}`,
      values: { value: movement.end?.value ?? 0, deals: movement.end?.deals ?? 0 },
      links: isNow ? { value: listUrl(at.scope, is('status', 'open')) } : undefined,
      color: blue,
      standsAlone: true,
    },
  ],
});

export const activityReport = (
  counts: Schemas['ActivityCount'][],
  userName: (id: number) => string,
  url: (owner: number | null, done: boolean) => string,
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
      done: url(count.owner_id ?? null, true),
      planned: url(count.owner_id ?? null, false),
      overdue: url(count.owner_id ?? null, false),
    },
  })),
});

const ages = [
  { name: 'a0', label: '0–7 days', from: 0, to: 7, color: 'teal.6' },
  { name: 'a1', label: '8–30 days', from: 8, to: 30, color: 'blue.6' },
  { name: 'a2', label: '31–60 days', from: 31, to: 60, color: 'yellow.7' },
  { name: 'a3', label: '61–90 days', from: 61, to: 90, color: 'orange.7' },
  { name: 'a4', label: 'More', from: 91, to: null, color: 'red.7' },
];

export const ageingReport = (stages: Schemas['StageAge'][], rotting: Map<number, number>, at: Setting): Report => ({
  shape: 'stackedBars',
  of: 'Stage',
  format: at.format.number,
  series: [
    ...ages.map(({ name, label, color }) => ({ name, label, color })),
    { name: 'median', label: 'Median days', color: grey, apart: true },
    { name: 'rotting', label: 'Rotting', color: red, apart: true },
  ],
  rows: stages.map(stage => {
    const here = [is('status', 'open'), among('stage_id', [stage.stage_id])];
    const days = (from: number, to: number | null): Condition =>
      to === null
        ? { field: 'days_in_stage', operator: 'at_least', value: from }
        : { field: 'days_in_stage', operator: 'between', values: [from, to] };
    return {
      label: at.stageName(stage.stage_id),
      values: {
        ...Object.fromEntries(ages.map((age, index) => [age.name, stage.deals[index] ?? 0])),
        median: stage.median_days ?? null,
        rotting: rotting.get(stage.stage_id) ?? 0,
      },
      links: {
        ...Object.fromEntries(ages.map(age => [age.name, listUrl(at.scope, period('added_at', at.days), ...here, days(age.from, age.to))])),
        rotting: listUrl(at.scope, period('added_at', at.days), ...here, is('is_rotten', true)),
      },
    };
  }),
});

/** What is meant to be won in a month; none in another currency. */
export const monthlyGoal = (goals: Goal[], owner: number | null, pipeline: number | null, currency: string) => (month: string) => {
  const column: Column = { key: month, kind: 'period', first: month, last: addDays(addMonths(month, 1), -1) };
  const goal = goalOf(goals, column, 'month', owner, pipeline);
  return goal?.currency === currency ? goal.value : null;
};
