import { expect, it } from 'vitest';
import { queryOf } from './useContactRows';

const none = { text: '', owner: null, where: null };

it('narrows a group on top of what the list is narrowed by', () => {
  const where = '{"field":"name","operator":"contains","value":"a"}';

  const query = queryOf({ text: 'b', owner: null, where }, { where: { field: 'label_ids', operator: 'has', values: [3] } });

  expect(query.search).toBe('b');
  expect(JSON.parse(query.where!).and).toEqual([JSON.parse(where), { field: 'label_ids', operator: 'has', values: [3] }]);
});

it('asks for nothing where nothing is narrowed', () => {
  expect(queryOf(none)).toEqual({});
  expect(queryOf(none, { owner_id: 7 })).toEqual({ owner_id: 7 });
});
