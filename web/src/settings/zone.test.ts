import { expect, it } from 'vitest';
import { endOf, instantOf, startOf } from './zone';

it('days begin and end where the workspace is, on the days of the clock change too', () => {
  expect([startOf('2026-11-21', 'UTC'), endOf('2026-11-21', 'UTC')]).toEqual(['2026-11-21T00:00:00.000Z', '2026-11-21T23:59:59.999Z']);
  expect(startOf('2026-03-29', 'Europe/Vienna')).toBe('2026-03-28T23:00:00.000Z');
  expect(endOf('2026-03-29', 'Europe/Vienna')).toBe('2026-03-29T21:59:59.999Z');
  expect(startOf('2026-11-21', 'America/Los_Angeles')).toBe('2026-11-21T08:00:00.000Z');
});

it('a clock is read where it hangs', () => {
  expect(instantOf('2026-11-21 13:05', 'Europe/Vienna')).toBe('2026-11-21T12:05:00.000Z');
  expect(instantOf('2026-11-21 13:05:30', 'Asia/Kolkata')).toBe('2026-11-21T07:35:30.000Z');
});
