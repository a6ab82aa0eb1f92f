import { afterEach, expect, it } from 'vitest';
import { now, setClock } from './clock';

const second = 1000;
afterEach(() => setClock(new Date().toISOString(), false));

it('runs on from what the sandbox says, or stands there', () => {
  const then = Date.parse('2026-01-05T09:00:00Z');
  setClock('2026-01-05T09:00:00Z', false);
  expect(Math.abs(now() - then)).toBeLessThan(60 * second);
  setClock('2026-01-05T09:00:00Z', true, 0);
  expect(now()).toBe(then);
});
