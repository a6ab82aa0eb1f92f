import { expect, it } from 'vitest';
import { queryOf, readState, writeState } from './useListState';

const address =
  'view=7&tab=lost&pipeline=2&q=fleet&where=%7B%22field%22%3A%22value%22%2C%22operator%22%3A%22at_least%22%2C%22value%22%3A1000%7D&sort=-value&group=stage&columns=title%2Cvalue&deal=5';

it('is an address and nothing else', () => {
  const state = readState(new URLSearchParams(address));
  expect(state).toEqual({
    tab: 'lost',
    pipeline: 2,
    search: 'fleet',
    where: { field: 'value', operator: 'at_least', value: 1000 },
    sort: { field: 'value', down: true },
    group: 'stage',
    columns: 'title,value',
    view: 7,
    deal: 5,
  });
  expect(writeState(state).toString()).toBe(address);
});

it('falls back on open deals where the address says nonsense', () => {
  const state = readState(new URLSearchParams('tab=gone&group=moon&where=%7B&pipeline=x'));
  expect([state.tab, state.group, state.where, state.pipeline]).toEqual(['open', null, null, null]);
  expect(writeState(state).toString()).toBe('');
});

it('narrows a group on top of what the list is narrowed by', () => {
  const state = readState(new URLSearchParams('tab=deleted&where={"field":"value","operator":"more","value":1}'));
  const query = queryOf(state, { where: { field: 'owner_id', operator: 'is_empty' } });
  expect(query.scope).toBe('deleted');
  expect(JSON.parse(query.where!).and).toHaveLength(2);
});
