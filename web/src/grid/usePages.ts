import { useQueries } from '@tanstack/react-query';
import { startTransition, useEffect, useRef, useState } from 'react';
import type { Section } from './sections';
import { type Layout, pagesIn } from './sections';

export const pageSize = 200;

export type Page<Row> = { data: Row[]; next_cursor: string | null };

type Ask<Row> = (section: Section, cursor: string | null, signal: AbortSignal) => Promise<Page<Row>>;

/**
 * The rows that are in sight, and no others. Pages are found by the cursor that the page before them ended with, so a jump
 * walks there page by page; cursors are kept, pages that left the screen are not asked for again. When a page changes, the
 * one after it begins where the changed one now ends.
 */
export const usePages = <Row>(queryKey: readonly unknown[], layout: Layout, first: number, last: number, ask: Ask<Row>) => {
  const identity = JSON.stringify(queryKey);
  const kept = useRef({
    identity,
    cursors: new Map<string, (string | null)[]>(),
    seen: new Map<string, Row[]>(),
    ends: new Map<string, number>(),
  });
  if (kept.current.identity !== identity) kept.current = { identity, cursors: new Map(), seen: new Map(), ends: new Map() };
  const { cursors, seen, ends } = kept.current;
  const [, again] = useState(0);
  // The first rows are drawn in pieces that keep the screen answering; later ones come in while somebody scrolls, at once.
  const [begun, begin] = useState<string | null>(null);
  const mayDraw = begun === identity || seen.size > 0;

  const wanted = new Map<string, { section: Section; page: number; cursor: string | null }>();
  const want = (section: Section, page: number) => {
    const known = cursors.get(section.key) ?? [null];
    const reachable = Math.min(page, known.length - 1);
    wanted.set(`${section.key} ${reachable}`, { section, page: reachable, cursor: known[reachable]! });
  };
  for (const { section, page } of pagesIn(layout, first, last, pageSize)) want(section, page);
  // A section that nobody has counted yet counts itself.
  for (const section of layout.sections) if (section.count === undefined && !layout.closed.has(section.key)) want(section, 0);

  const asked = [...wanted.values()];
  const results = useQueries({
    queries: asked.map(({ section, cursor }) => ({
      queryKey: [...queryKey, section.key, cursor],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(section, cursor, signal),
      gcTime: 60_000,
    })),
  });

  const arrived = results.map(result => result.dataUpdatedAt).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what arrived says it all.
  useEffect(() => {
    let changed = false;
    results.forEach(({ data }, index) => {
      const { section, page } = asked[index]!;
      if (!data) return;
      const known = cursors.get(section.key) ?? [null];
      if (data.next_cursor === null) {
        const end = page * pageSize + data.data.length;
        if (ends.get(section.key) !== end || known.length > page + 1) changed = true;
        ends.set(section.key, end);
        cursors.set(section.key, known.slice(0, page + 1));
      } else if (known[page + 1] !== data.next_cursor) {
        ends.delete(section.key);
        cursors.set(section.key, [...known.slice(0, page + 1), data.next_cursor]);
        changed = true;
      }
    });
    if (changed) again(count => count + 1);
    if (!mayDraw && results.some(({ data }) => data)) startTransition(() => begin(identity));
  }, [arrived, identity]);

  results.forEach(({ data }, index) => {
    const { section, page } = asked[index]!;
    if (data && mayDraw) seen.set(`${section.key} ${page}`, data.data);
  });
  if (seen.size > 200) for (const key of [...seen.keys()].slice(0, seen.size - 100)) if (!wanted.has(key)) seen.delete(key);

  return {
    row: (section: Section, at: number): Row | undefined => seen.get(`${section.key} ${Math.floor(at / pageSize)}`)?.[at % pageSize],
    /** How many rows a section has, once its last page was seen. */
    endOf: (section: Section) => ends.get(section.key),
    /** The rows that were loaded of all sections. */
    loaded: () => [...seen.values()].flat(),
    error: results.find(result => result.error)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error) void result.refetch();
    },
    isLoading: results.some(result => result.isLoading),
  };
};
