import type { ReactNode } from 'react';

/** A part of the rows, with or without a heading. Without `count` nobody has told yet how many rows it has. */
export type Section = { key: string; count: number | undefined; heading?: ReactNode; label?: string };

export type Item = { kind: 'heading'; section: Section } | { kind: 'row'; section: Section; at: number };

/** Where each section begins among the items of the whole table. */
export type Layout = { starts: number[]; length: number; sections: Section[]; closed: ReadonlySet<string> };

const rowsOf = (section: Section, closed: ReadonlySet<string>) => (closed.has(section.key) ? 0 : (section.count ?? 0));

export const layOut = (sections: Section[], closed: ReadonlySet<string>): Layout => {
  const starts: number[] = [];
  let length = 0;
  for (const section of sections) {
    starts.push(length);
    length += (section.heading ? 1 : 0) + rowsOf(section, closed);
  }
  return { starts, length, sections, closed };
};

/** What stands at an index: binary search, because a table may have many groups. */
export const itemAt = ({ starts, length, sections }: Layout, index: number): Item | null => {
  if (index < 0 || index >= length) return null;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= index) low = middle;
    else high = middle - 1;
  }
  const section = sections[low]!;
  const at = index - starts[low]! - (section.heading ? 1 : 0);
  return at < 0 ? { kind: 'heading', section } : { kind: 'row', section, at };
};

/** The pages that the visible items need: of each section those between the first and the last. */
export const pagesIn = (layout: Layout, first: number, last: number, size: number): { section: Section; page: number }[] => {
  const found = new Map<string, { section: Section; page: number }>();
  for (let index = first; index <= last; index++) {
    const item = itemAt(layout, index);
    if (item?.kind !== 'row') continue;
    const page = Math.floor(item.at / size);
    found.set(`${item.section.key} ${page}`, { section: item.section, page });
  }
  return [...found.values()];
};
