import { expect, it } from 'vitest';
import { type BulkChange, backItem, itemOf, sentence, summarize } from './bulk';

const move: BulkChange = {
  kind: 'update',
  label: 'Stage',
  fields: ['stage_id'],
  patch: () => ({ stage_id: 9 }),
  back: deal => ({ stage_id: deal.stage_id }),
};
const deal = (id: number) => ({ id, version: 3, stage_id: 4 });

it('tells what changes from what is so already and from what is refused, and why', () => {
  const report = summarize([
    { target: deal(1), version: 4, problem: null },
    { target: deal(2), version: 3, problem: null },
    { target: deal(3), version: null, problem: 'A won deal keeps its stage.' },
    { target: deal(4), version: null, problem: 'title is required.' },
    { target: deal(5), version: null, problem: 'A won deal keeps its stage.' },
  ]);
  expect(report.changed).toEqual([{ ...deal(1), version: 4 }]);
  expect(report.refused.map(one => one.ids)).toEqual([[3, 5], [4]]);
  expect(sentence(report, String)).toBe('1 will change, 1 are so already, 3 refused: A won deal keeps its stage. (and 1 other reasons)');
});

it('is taken back only where nobody changed the deal since', () => {
  expect(itemOf(move, deal(1))).toEqual({ operation: 'update', id: 1, deal: { stage_id: 9 } });
  expect(backItem(move, { ...deal(1), version: 4 })).toEqual({ operation: 'update', id: 1, version: 4, deal: { stage_id: 4 } });
  expect(backItem({ kind: 'delete', label: 'Delete', fields: [] }, { ...deal(1), version: 4 })).toEqual({
    operation: 'restore',
    id: 1,
    version: 4,
  });
});
