import { expect, test } from 'vitest';
import { changed } from './useChange';

test('a patch is shown over the record, custom fields one by one', () => {
  const before = { name: 'A', org_id: 1, custom: { size: 3, color: 'red' } };
  expect(changed(before, { name: 'B', custom: { size: 4 } })).toEqual({ name: 'B', org_id: 1, custom: { size: 4, color: 'red' } });
});

test('what a number stands for is shown with it', () => {
  const before = { org_id: 1 as number | null, organization: { name: 'Old' } as { name: string } | null };
  expect(changed(before, { org_id: null }, { organization: null })).toEqual({ org_id: null, organization: null });
});
