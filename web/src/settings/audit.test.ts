import { describe, expect, it } from 'vitest';
import type { Catalog } from '../api/catalog';
import type { ApiEvent } from '../api/types';
import { formatter } from '../ui/format';
import { namedIn, nameWritten, told, toldChanges } from './audit';

const catalog = {
  fields: [{ subject: 'deal', key: 'a'.repeat(40), slug: 'segment', name: 'Segment', type: 'enum', options: [{ id: 3, label: 'Large' }] }],
  activityTypes: [],
  stage: (id: number) => (id === 7 ? { name: 'Demo' } : undefined),
  user: () => undefined,
  pipeline: () => undefined,
  label: () => undefined,
} as unknown as Catalog;
const format = formatter('en-US', 'UTC');
const nameOf = (subject: string, id: number) => (subject === 'person' && id === 4 ? 'Ada' : subject === 'tag' ? `tag ${id}` : undefined);

const event = (over: Partial<ApiEvent>) =>
  ({ subject: 'deal', subject_id: 1, action: 'updated', changes: [], ...over }) as unknown as ApiEvent;
const read = (over: Partial<ApiEvent>, currency?: string) => {
  const one = event(over);
  return toldChanges(one).map(change => told(change, one, currency, nameOf, catalog, format));
};

describe('a line of the log', () => {
  it('names fields, stages, choices, people and tags', () => {
    const changes = [
      { field: 'stage_id', old: 7, new: null },
      { field: 'custom.segment', old: null, new: 3 },
      { field: 'person_id', old: 4, new: 5 },
      { field: 'tag_ids', old: [1], new: [1, 2] },
    ];
    expect(read({ changes })).toEqual([
      { name: 'Stage', old: 'Demo', new: '–' },
      { name: 'Segment', old: '–', new: 'Large' },
      { name: 'Person', old: 'Ada', new: '#5' },
      { name: 'Tags', old: 'tag 1', new: 'tag 1, tag 2' },
    ]);
  });

  it('tells sums in the currency they were in, each side in its own', () => {
    const value = { field: 'value', old: 10, new: 12.5 };
    expect(read({ changes: [value] }, 'EUR')).toEqual([{ name: 'Value', old: '€10', new: '€12.50' }]);
    const both = [value, { field: 'currency', old: 'EUR', new: 'USD' }];
    expect(read({ changes: both }, 'USD')[0]).toEqual({ name: 'Value', old: '€10', new: '$12.50' });
  });

  it('keeps to itself what only the program looks at, unless there is nothing else to tell', () => {
    const version = { field: 'version', old: 1, new: 2 };
    expect(toldChanges(event({ changes: [version, { field: 'title', old: 'A', new: 'B' }] })).map(one => one.field)).toEqual(['title']);
    expect(toldChanges(event({ changes: [version] }))).toEqual([version]);
  });

  it('says the type of a field as its form does', () => {
    expect(read({ subject: 'field', changes: [{ field: 'type', old: 'varchar', new: 'set' }] })[0]).toEqual({
      name: 'Type',
      old: 'Text, one line',
      new: 'Several choices',
    });
  });

  it('says what has no words of its own in short, and whose a custom field is', () => {
    expect(read({ subject: 'filter', changes: [{ field: 'condition', old: null, new: { all: [{ field: 'value' }] } }] })[0]?.new).toBe(
      '{"all":[{"field":"value"}]}',
    );
    expect(read({ subject: 'field', changes: [{ field: 'subject', old: null, new: 'person' }] })[0]).toEqual({
      name: 'Of',
      old: '–',
      new: 'Person',
    });
    expect(read({ changes: [{ field: 'participant_role', old: null, new: { person_id: 4, role: 'end_user' } }] })[0]?.new).toBe(
      'Ada: End user',
    );
  });

  it('knows whom it names, and what a record was called that is gone', () => {
    const events = [event({ changes: [{ field: 'person_id', old: 4, new: null }] }), event({ subject: 'person', subject_id: 9 })];
    expect(namedIn(events, 'person')).toEqual([4, 9]);
    expect(nameWritten(event({ changes: [{ field: 'name', old: 'Nightly', new: null }] }))).toBe('Nightly');
  });
});
