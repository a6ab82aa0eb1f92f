import { expect, test } from 'vitest';
import { queryOf } from './CopyQuery';

test('a filter is an address of the API, without what is not complete yet', () => {
  const condition = {
    and: [
      { field: 'value', operator: 'more', value: 1000 },
      { field: 'title', operator: 'contains' },
    ],
  } as never;
  const address = new URL(queryOf('deal', condition, 'https://crm.example'));
  expect(address.origin + address.pathname).toBe('https://crm.example/api/v1/deals');
  expect(address.searchParams.get('where')).toContain('"value":1000');
  expect(address.searchParams.get('where')).not.toContain('title');
});
