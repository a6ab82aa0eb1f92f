import { describe, expect, it } from 'vitest';
import { moved, readShown, writeShown } from './column';
import { itemAt, layOut, pagesIn } from './sections';

const columns = [
  { id: 'title', width: 300 },
  { id: 'value', width: 120 },
];

describe('shown columns', () => {
  it('are read as they were written, with widths only where they differ', () => {
    const shown = [
      { id: 'value', width: 120 },
      { id: 'title', width: 420 },
    ];
    expect(writeShown(shown, columns)).toBe('value,title:420');
    expect(readShown('value,title:420', columns)).toEqual(shown);
  });

  it('leave out what is not there, what comes twice, and absurd widths', () => {
    expect(readShown('gone,title:5,title:99999,value:x', columns)).toEqual([
      { id: 'title', width: 60 },
      { id: 'value', width: 120 },
    ]);
  });

  it('can be moved', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  });
});

describe('sections', () => {
  const plain = { key: 'all', count: 450 };
  const grouped = [
    { key: 'a', count: 3, heading: 'A' },
    { key: 'b', count: 0, heading: 'B' },
    { key: 'c', count: 500, heading: 'C' },
  ];

  it('without headings are only rows', () => {
    const layout = layOut([plain], new Set());
    expect(layout.length).toBe(450);
    expect(itemAt(layout, 449)).toEqual({ kind: 'row', section: plain, at: 449 });
    expect(itemAt(layout, 450)).toBeNull();
  });

  it('begin with their headings, and closed ones are nothing else', () => {
    const layout = layOut(grouped, new Set(['a']));
    expect(layout.length).toBe(1 + 1 + 501);
    expect(itemAt(layout, 0)).toEqual({ kind: 'heading', section: grouped[0] });
    expect(itemAt(layout, 2)).toEqual({ kind: 'heading', section: grouped[2] });
    expect(itemAt(layout, 3)).toEqual({ kind: 'row', section: grouped[2], at: 0 });
  });

  it('need the pages that are in sight', () => {
    const layout = layOut(grouped, new Set());
    expect(pagesIn(layout, 0, 300, 200).map(one => `${one.section.key}${one.page}`)).toEqual(['a0', 'c0', 'c1']);
  });
});
