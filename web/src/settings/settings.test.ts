import { describe, expect, it } from 'vitest';
import { cleanAction, cleanTrigger, typed, untyped } from './automations';
import { peakOf } from './hours';
import { browserName } from './SessionsOf';
import { asTree } from './TeamsSection';

describe('automations', () => {
  it('send only what belongs to an action', () => {
    expect(cleanAction({ do: 'move', stage_id: 4, subject: 'left over' })).toEqual({ do: 'move', stage_id: 4 });
    expect(cleanAction({ do: 'set_field', field: 'expected_close', value: 'x', in_days: 3 })).toEqual({
      do: 'set_field',
      field: 'expected_close',
      in_days: 3,
    });
    expect(cleanTrigger({ on: 'won', field: 'title' })).toEqual({ on: 'won' });
  });

  it('read a typed value as JSON where it is JSON', () => {
    expect([typed('5'), typed('high'), typed(''), typed('"5"')]).toEqual([5, 'high', null, '5']);
    expect([untyped(5), untyped('high'), untyped(null)]).toEqual(['5', 'high', '']);
  });
});

it('finds the dearest hour of a key, and none on a quiet day', () => {
  expect(peakOf([0, 3, 7, 7])).toEqual({ hour: 2, cost: 7 });
  expect(peakOf([0, 0])).toBeNull();
});

it('puts teams below one another', () => {
  const group = (id: number, name: string, parent_id: number | null) => ({
    id,
    name,
    parent_id,
    uid: null,
    added_at: null,
    updated_at: null,
    version: 1,
  });
  expect(
    asTree([group(1, 'South', null), group(2, 'Vienna', 3), group(3, 'East', null)]).map(({ group: one, depth }) => [one.name, depth]),
  ).toEqual([
    ['East', 0],
    ['Vienna', 1],
    ['South', 0],
  ]);
});

it('names browsers', () => {
  expect(browserName('Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0')).toBe('Firefox on Linux');
  expect(browserName(null)).toBe('Unknown browser');
});
