import { expect, it } from 'vitest';
import { formatter } from '../ui/format';
import { monthlyGoal, movementReport, winRateReport } from './monthReports';
import { daysOf, monthsOf } from './period';
import { type Report, toCsv } from './report';
import type { Schemas, Setting } from './setting';
import { funnelReport, lossReport } from './stageReports';

const at: Setting = {
  format: formatter('en-US', 'UTC', () => Date.parse('2026-11-21T10:00:00Z')),
  currency: 'EUR',
  scope: { field: 'owner_id', operator: 'in', values: [7] },
  days: { from: '2026-09-15', to: '2026-11-21' },
  stages: [
    { id: 1, name: 'First', color: null },
    { id: 2, name: 'Second', color: 'teal' },
  ],
  stageName: id => (id === 1 ? 'First' : 'Second'),
};

it('shows months without deals as none', () => {
  const report = winRateReport(
    [
      {
        month: '2026-11-01',
        closed_won: 2,
        closed_lost: 1,
        closed_rate: 66.67,
        created: 0,
        created_won: 0,
        created_lost: 0,
        created_rate: null,
        closed_won_value: 30,
        closed_lost_value: 10,
        closed_value_rate: 75,
        created_won_value: 0,
        created_lost_value: 0,
        created_value_rate: null,
      },
    ],
    'closed',
    'deals',
    at,
  );
  expect(report.rows.map(row => [row.label, row.values.won, row.values.rate])).toEqual([
    ['Sep 2026', 0, null],
    ['Oct 2026', 0, null],
    ['Nov 2026', 2, 66.67],
  ]);
});

it('opens the deals of a bar within the scope', () => {
  const sum = { converted_to: 'EUR', deals: 3, value: 0, weighted_value: 0, currencies: [], not_converted: [] };
  const report = lossReport([{ stage_id: 2, reason: 'Price', lost: sum }], at);
  const where = JSON.parse(new URLSearchParams(report.rows[0]!.links!['2']!.split('?')[1]).get('where')!);
  expect(where.and).toEqual([
    { field: 'owner_id', operator: 'in', values: [7] },
    { field: 'closed_at', operator: 'between', values: ['2026-09-15', '2026-11-21'] },
    { field: 'status', operator: 'equals', value: 'lost' },
    { field: 'stage_id', operator: 'in', values: [2] },
    { field: 'lost_reason', operator: 'equals', value: 'Price' },
  ]);
});

it('tells a movement from its start to its end', () => {
  const report = movementReport(
    {
      converted_to: 'EUR',
      start: { deals: 2, value: 100, deal_ids: [4, 5] },
      lines: [
        { kind: 'new', deals: 1, value: 50, deal_ids: [9] },
        { kind: 'moved_in', deals: 0, value: 0, deal_ids: [] },
        { kind: 'lost', deals: 1, value: -30, deal_ids: [4] },
      ],
      end: { deals: 2, value: 120, deal_ids: [5, 9] },
      not_converted: [],
    },
    '2026-10-22',
    '2026-11-20',
    false,
    at,
  );
  expect(report.rows.map(row => row.values.value)).toEqual([100, 50, -30, 120]);
  const idsOf = (link: string) => JSON.parse(new URLSearchParams(link.split('?')[1]).get('where')!).values;
  expect(report.rows.map(row => idsOf(row.links!.value!))).toEqual([[4, 5], [9], [4], [5, 9]]);
});

it('writes CSV that no spreadsheet runs', () => {
  const report: Report = {
    shape: 'bars',
    of: 'Reason',
    format: String,
    series: [{ name: 'n', label: 'Deals, all', color: '' }],
    rows: [
      { label: '=HYPERLINK("x")', values: { n: 1.5 } },
      { label: 'Plain', values: { n: null } },
    ],
  };
  expect(toCsv(report)).toBe('Reason,"Deals, all"\r\n"\'=HYPERLINK(""x"")",1.5\r\nPlain,');
});

it('knows the days of a period', () => {
  expect(daysOf('this_quarter', null, null, '2026-11-21')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(daysOf(null, null, null, '2026-11-21')).toEqual({ from: '2025-12-01', to: '2026-11-21' });
  expect(monthsOf({ from: undefined, to: undefined }, ['2026-03-01', '2026-01-01'])).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
});

it('takes a third of a goal of a quarter', () => {
  const goal = {
    id: 1,
    uid: null,
    owner_id: null,
    pipeline_id: null,
    period: 'quarter' as const,
    value: 900,
    currency: 'EUR',
    from: '2026-10-01',
    until: null,
    added_at: null,
    updated_at: null,
    version: 1,
  };
  const all = { owner: null, pipeline: null, members: null };
  expect(monthlyGoal([goal], all, 'EUR')('2026-11-01')?.value).toBe(300);
  expect(monthlyGoal([goal], all, 'USD')('2026-11-01')).toBeNull();
  expect(monthlyGoal([goal], null, 'EUR')('2026-11-01')).toBeNull();
});

it('paints the funnel as the stages are painted, and says how many went on', () => {
  const stage = (stage_id: number, reached: number, conversion: number | null) => ({
    stage_id,
    reached,
    entered: reached,
    conversion,
    reached_value: 0,
    entered_value: 0,
    value_conversion: null,
  });
  const funnel = {
    stages: [stage(1, 10, 40), stage(2, 4, 50)],
    won: 2,
    lost: 3,
    win_rate: 40,
    won_value: 0,
    lost_value: 0,
    value_win_rate: null,
  };

  const report = funnelReport(funnel as Schemas['Funnel'], 'reached', 'deals', at);

  expect(report.rows.map(row => [row.label, row.color, row.note])).toEqual([
    ['First', 'blue.6', '10 · 40%'],
    ['Second', 'var(--t-stage-teal)', '4 · 50%'],
    ['Won', 'green.7', '2'],
  ]);
});
