import { expect, it } from 'vitest';
import type { Catalog } from '../api/catalog';
import type { ApiEvent } from '../api/types';
import { formatter } from '../ui/format';
import { entriesOf, isShown } from './entry';
import { fieldName, fieldValue, type Subject, throughWhat, whoDid } from './words';

const catalog = {
  fields: [
    { subject: 'deal', key: 'a'.repeat(40), slug: 'segment', name: 'Segment', type: 'enum', options: [{ id: 3, label: 'Large' }] },
    { subject: 'person', key: 'b'.repeat(40), slug: 'size', name: 'Shoe size', type: 'double', options: [] },
  ],
  activityTypes: [{ key: 'call', name: 'Call' }],
  stage: (id: number) => (id === 7 ? { name: 'Demo' } : undefined),
  user: (id: number) => (id === 5 ? { name: 'Priya' } : undefined),
  pipeline: () => undefined,
  label: () => undefined,
} as unknown as Catalog;
const format = formatter('en-US', 'UTC', () => Date.parse('2026-11-21T10:00:00Z'));

it('names ids', () => {
  expect(fieldValue('stage_id', 7, catalog, format)).toBe('Demo');
  expect(fieldValue('stage_id', 8, catalog, format)).toBe('#8');
  expect(fieldValue('expected_close', '2026-12-01', catalog, format)).toBe('Dec 1');
  expect(fieldValue('value', null, catalog, format)).toBe('–');
  expect(fieldValue('value', 0, catalog, format)).toBe('0');
});

it('names fields, custom ones too', () => {
  expect(fieldName('custom.segment', catalog)).toBe('Segment');
  expect(fieldName('a'.repeat(40), catalog)).toBe('Segment');
  expect(fieldName('something_else', catalog)).toBe('Something else');
});

it('names what every record has the same, and what only one has', () => {
  expect(fieldName('owner_id', catalog, 'person')).toBe(fieldName('owner_id', catalog, 'deal'));
  expect(fieldName('custom.size', catalog, 'person')).toBe('Shoe size');
  expect(fieldName('custom.size', catalog, 'deal')).toBe('Size');
});

it('reads values of several parts, choices and prices', () => {
  const value = (field: string, of: unknown, subject: Subject) => fieldValue(field, of, catalog, format, subject);
  expect(
    value(
      'emails',
      [
        { value: 'a@x.test', label: 'work', primary: true },
        { value: 'b@x.test', label: 'home' },
      ],
      'person',
    ),
  ).toBe('a@x.test, b@x.test');
  expect(value('prices', [{ currency: 'EUR', price: 12.5, cost: null }], 'product')).toBe('€12.50');
  expect(value('custom.segment', 3, 'deal')).toBe('Large');
  expect(value('visible_to', 7, 'person')).toBe('Everyone');
  expect(value('done', true, 'activity')).toBe('yes');
});

it('somebody did it, always', () => {
  expect(whoDid({ actor_id: 5, dialect: 'web' }, catalog)).toBe('Priya');
  expect(whoDid({ actor_id: null, dialect: 'system' }, catalog)).toBe('The server');
  expect(whoDid({ actor_id: null, dialect: 'automation' }, catalog)).toBe('An automation');
  expect([throughWhat({ actor_id: 5, dialect: 'web' }), throughWhat({ actor_id: 5, dialect: 'pipedrive' })]).toEqual([
    '',
    'through Pipedrive API',
  ]);
});

it('a new record of the log is one entry, a change one for each field', () => {
  const event = { id: 9, at: '2026-11-21T09:00:00Z', actor_id: 5, dialect: 'web', note: null, changes: [] } as unknown as ApiEvent;
  const changes = [
    { field: 'name', old: 'A', new: 'B' },
    { field: 'version', old: 1, new: 2 },
  ];
  const born = entriesOf({ ...event, action: 'created', changes }, 'product_change');
  expect(born.map(one => [one.field, one.old, isShown(one)])).toEqual([['added_at', null, true]]);
  const later = entriesOf({ ...event, action: 'updated', changes }, 'product_change');
  expect(later.map(one => [one.field, isShown(one)])).toEqual([
    ['name', true],
    ['version', false],
  ]);
});
