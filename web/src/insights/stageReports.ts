import type { Condition } from '../filters/condition';
import { listUrl } from '../scope/scope';
import { fillOf } from '../stages/colors';
import type { Report } from './report';
import { among, blue, green, grey, is, moneyOf, period, red, type Schemas, type Setting } from './setting';

// How far deals come, how fast, why they are lost and how long they stay: a row for each stage, or for each reason.

export const funnelReport = (funnel: Schemas['Funnel'], by: 'reached' | 'entered', of: 'deals' | 'value', at: Setting): Report => {
  const isValue = of === 'value';
  const count = (stage: Schemas['Funnel']['stages'][number]) =>
    isValue ? (by === 'reached' ? stage.reached_value : stage.entered_value) : by === 'reached' ? stage.reached : stage.entered;
  const conversion = (stage: Schemas['Funnel']['stages'][number]) =>
    by === 'entered' ? null : ((isValue ? stage.value_conversion : stage.conversion) ?? null);
  const text = isValue ? moneyOf(at) : at.format.number;
  return {
    shape: 'bars',
    of: 'Stage',
    format: text,
    series: [
      { name: 'deals', label: by === 'reached' ? 'Reached at least' : 'Entered', color: blue },
      ...(by === 'reached' ? [{ name: 'conversion', label: 'Went on, %', color: grey, apart: true }] : []),
    ],
    rows: [
      ...funnel.stages.map((stage, index) => ({
        label: at.stageName(stage.stage_id),
        values: { deals: count(stage), conversion: conversion(stage) },
        color: fillOf(at.stages.find(one => one.id === stage.stage_id)) ?? blue,
        note: [text(count(stage)), conversion(stage) === null ? null : at.format.percent(conversion(stage))].filter(Boolean).join(' · '),
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
        values: { deals: isValue ? funnel.won_value : funnel.won, conversion: null },
        links: { deals: listUrl(at.scope, period('added_at', at.days), is('status', 'won')) },
        color: green,
        note: text(isValue ? funnel.won_value : funnel.won),
      },
    ],
    figures: [
      { label: 'Won', text: isValue ? moneyOf(at)(funnel.won_value) : at.format.number(funnel.won) },
      { label: 'Lost', text: isValue ? moneyOf(at)(funnel.lost_value) : at.format.number(funnel.lost) },
      { label: 'Win rate', text: at.format.percent(isValue ? funnel.value_win_rate : funnel.win_rate) },
    ],
  };
};

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
