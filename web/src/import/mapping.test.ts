import { describe, expect, it } from 'vitest';
import { hopeful, type Mapping, reformat, retarget, setMissing, targetOf, theirId } from './mapping';

const mapping: Mapping = {
  kind: 'deals',
  columns: { account: 'organization', close_value: { field: 'value', times: 1000 }, agent: 'owner' },
  external_id: { column: 'opportunity_id', source: 'csv' },
};

describe('a column', () => {
  it('is imported as a field, as the other system’s id, or not at all', () => {
    expect(['account', 'close_value', 'opportunity_id', 'notes'].map(header => targetOf(mapping, header))).toEqual([
      'organization',
      'value',
      theirId,
      null,
    ]);
  });

  it('takes its field from the column that had it', () => {
    const next = retarget(mapping, 'notes', 'owner', 'csv');
    expect([targetOf(next, 'notes'), targetOf(next, 'agent')]).toEqual(['owner', null]);
  });

  it('can become the id, and the one that was the id no longer is', () => {
    const next = retarget(mapping, 'agent', theirId, 'pipedrive');
    expect(next.external_id).toEqual({ column: 'agent', source: 'pipedrive' });
    expect(targetOf(next, 'opportunity_id')).toBeNull();
    expect(retarget(mapping, 'opportunity_id', null, 'csv').external_id).toBeUndefined();
  });

  it('keeps what multiplies it when its format changes', () => {
    expect(reformat(mapping, 'close_value', '1.234,50').columns.close_value).toEqual({ field: 'value', format: '1.234,50', times: 1000 });
    expect(reformat(mapping, 'account', null).columns.account).toBe('organization');
  });
});

it('creates what is missing unless told otherwise, and nothing that the importer may not', () => {
  const told: Mapping = { ...mapping, missing: { organizations: 'refuse' } };
  expect(hopeful(told, { manage: true, administer: false }).missing).toEqual({
    organizations: 'refuse',
    persons: 'create',
    products: 'create',
    stages: 'create',
    pipelines: 'create',
  });
});

it('lets pipelines be created where stages are', () => {
  expect(setMissing(mapping, 'stages', 'create').missing).toEqual({ stages: 'create', pipelines: 'create' });
});
