import { describe, expect, it } from 'vitest';
import { addMonths, type Column, columnsOf, dealsIn, dropDay, startOf } from './forecast';

const today = '2026-11-21';
const period = (interval: 'week' | 'month' | 'quarter', first: string): Column =>
  columnsOf(interval, 'close', today).find(column => column.key === first)!;

describe('columns', () => {
  it('run from overdue over twelve months to those without a date', () => {
    const keys = columnsOf('month', 'close', today).map(column => column.key);
    expect(keys).toHaveLength(15);
    expect([keys[0], keys[1], keys[13], keys[14]]).toEqual(['overdue', '2026-11-01', '2027-11-01', 'no_date']);
  });

  it('of what was won end with the present one', () => {
    const keys = columnsOf('quarter', 'won', today).map(column => column.key);
    expect(keys).toEqual(['2025-10-01', '2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01']);
  });

  it('begin weeks on Monday and quarters in January, April, July and October', () => {
    expect(startOf('week', '2026-11-22')).toBe('2026-11-16');
    expect(startOf('week', '2026-11-16')).toBe('2026-11-16');
    expect(startOf('quarter', '2026-12-31')).toBe('2026-10-01');
  });

  it('of this month leave what is overdue to its own column', () => {
    expect(JSON.stringify(dealsIn(period('month', '2026-11-01'), 'close', today))).toContain('"values":["2026-11-21","2026-11-30"]');
  });
});

describe('a dropped deal', () => {
  it('keeps its day of the month, or takes the last', () => {
    expect(dropDay(period('month', '2027-02-01'), 'month', '2026-12-31', today)).toBe('2027-02-28');
    expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
  });

  it('keeps its weekday, and its month of the quarter', () => {
    expect(dropDay(period('week', '2026-12-07'), 'week', '2026-11-25', today)).toBe('2026-12-09');
    expect(dropDay(period('quarter', '2027-01-01'), 'quarter', '2026-11-30', today)).toBe('2027-02-28');
  });

  it('is never expected on a day that has passed', () => {
    expect(dropDay(period('month', '2026-11-01'), 'month', '2026-12-05', today)).toBe(today);
  });

  it('without a date is expected at the end', () =>
    expect(dropDay(period('month', '2026-12-01'), 'month', null, today)).toBe('2026-12-31'));
});
