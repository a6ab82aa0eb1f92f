import { describe, expect, it } from 'vitest';
import { firstDayOfWeek, formatter } from './format';

const at = () => Date.parse('2026-11-21T10:00:00Z');
const english = formatter('en-US', 'UTC', at);

// Intl separates with no-break spaces; which one differs between versions of the data.
const plain = (text: string) => text.replace(/\s/g, ' ');

it('counts days in words of the locale', () => {
  expect([1, 23.4].map(english.days)).toEqual(['1 day', '23 days']);
  expect(plain(formatter('de-DE', 'UTC', at).days(2))).toBe('2 Tage');
});

describe('money', () => {
  it('drops cents that are none and keeps those that are some', () => {
    expect(english.money(1200, 'USD')).toBe('$1,200');
    expect(english.money(1200.5, 'USD')).toBe('$1,200.50');
  });

  it('tells no value from zero', () => {
    expect(english.money(null, 'EUR')).toBe('–');
    expect(english.money(0, 'EUR')).toBe('€0');
  });

  it('is written as the locale writes it', () => {
    expect(plain(formatter('de-DE', 'UTC', at).money(1234.5, 'EUR'))).toBe('1.234,50 €');
  });

  it('is shortened only where it is long', () => {
    expect(english.money(9999, 'USD', true)).toBe('$9,999');
    expect(english.money(1_250_000, 'USD', true)).toBe('$1.3M');
  });
});

describe('days', () => {
  it('are the same wherever the reader is', () => {
    expect(formatter('en-US', 'America/Los_Angeles', at).day('2026-12-01')).toBe('Dec 1');
    expect(formatter('en-US', 'Asia/Tokyo', at).day('2026-12-01')).toBe('Dec 1');
  });

  it('show another year', () => expect(english.day('2027-01-05')).toBe('Jan 5, 2027'));

  it('are named when they are near', () => {
    expect(english.nearDay('2026-11-21')).toBe('today');
    expect(english.nearDay('2026-11-20')).toBe('yesterday');
    expect(english.nearDay('2026-12-24')).toBe('Dec 24');
  });

  it('follow the time zone for today', () => {
    const late = () => Date.parse('2026-11-21T23:30:00Z');
    expect(formatter('en', 'Asia/Tokyo', late).today()).toBe('2026-11-22');
    expect(formatter('en', 'America/New_York', late).today()).toBe('2026-11-21');
  });
});

it('knows where the week begins', () => {
  expect(firstDayOfWeek('de-AT')).toBe(1);
  expect(['en-US'].map(firstDayOfWeek)[0]).toBe(0);
});

it('writes times of the day as the locale does', () => {
  const now = () => Date.parse('2026-11-21T10:00:00Z');
  expect(formatter('en-US', 'Asia/Tokyo', now).due('2026-11-22', '13:05').replace(/\s/gu, ' ')).toBe('tomorrow, 1:05 PM');
  expect(formatter('de-DE', 'UTC', now).due(null, '09:00')).toBe('no day, 09:00');
});
