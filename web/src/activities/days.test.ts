import { describe, expect, it } from 'vitest';
import type { Activity } from '../api/types';
import { addDays, byDue, dueOf, startOf, weekOf } from './days';

const activity = (id: number, due_on: string | null, done = false) => ({ id, due_on, done, due_time: null }) as Activity;

describe('days', () => {
  it('cross months and leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });

  it('make a week that begins where the locale says', () => {
    expect(weekOf('2026-11-21', 1)[0]).toBe('2026-11-16');
    expect(weekOf('2026-11-21', 0)[0]).toBe('2026-11-15');
    expect(weekOf('2026-11-16', 1)).toHaveLength(7);
  });
});

describe('an activity', () => {
  it('is due by its day, unless it is done', () => {
    expect(dueOf(activity(1, '2026-11-20'), '2026-11-21')).toBe('overdue');
    expect(dueOf(activity(1, '2026-11-21'), '2026-11-21')).toBe('today');
    expect(dueOf(activity(1, '2026-11-22'), '2026-11-21')).toBe('upcoming');
    expect(dueOf(activity(1, null), '2026-11-21')).toBe('undated');
    expect(dueOf(activity(1, '2026-11-20', true), '2026-11-21')).toBe('done');
  });

  it('stands under what is most urgent, and empty groups are left out', () => {
    const groups = byDue([activity(1, '2026-11-30'), activity(2, '2026-11-01'), activity(3, '2026-11-02')], '2026-11-21');
    expect(groups.map(([due, members]) => [due, members.map(one => one.id)])).toEqual([
      ['overdue', [2, 3]],
      ['upcoming', [1]],
    ]);
  });

  it('begins at a time or takes the whole day', () => {
    expect(startOf({ due_time: '09:30' })).toBe(570);
    expect(startOf({ due_time: null })).toBeNull();
  });
});
