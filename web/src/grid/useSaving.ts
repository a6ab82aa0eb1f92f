import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { notifyDone, notifyError } from '../ui/notify';
import { changed, formerOf } from '../ui/useChange';
import type { Column } from './column';
import type { Page } from './usePages';

type Saving<Row> = {
  /** The first part of the queries' keys; the pages of the list are under [root, 'list']. */
  root: string;
  columns: Column<Row>[];
  nameOf: (row: Row) => string;
  send: (row: Row, patch: Record<string, unknown>) => Promise<unknown>;
  /** The patch that puts back what this one overwrites. */
  former: (patch: Record<string, unknown>, row: Row) => Record<string, unknown>;
  /** What a patch shows at once, where that is not the patch itself. */
  shown?: (patch: Record<string, unknown>, row: Row) => Partial<Row>;
};

/** Saves what was typed into a cell: shown at once, put back when refused, and for a while taken back on request. */
export const useSaving = <Row extends { id: number }>(saving: Saving<Row>) => {
  const queries = useQueryClient();
  const latest = useRef(saving);
  latest.current = saving;
  // One after the other, so that the last change is also the last that can be taken back.
  const queue = useRef<Promise<void>>(Promise.resolve());

  return useCallback(
    (row: Row, patch: Record<string, unknown>) => {
      const { root, columns, nameOf, send, former, shown } = latest.current;
      // The other members of the row are those of now, not of when its cell was opened.
      const show = (patch: object) =>
        queries.setQueriesData<Page<Row>>(
          { queryKey: [root, 'list'] },
          page => page && { ...page, data: page.data.map(one => (one.id === row.id ? changed(one, patch) : one)) },
        );
      const label = columns.find(
        column => column.edit && Object.keys(patch).some(key => column.fields?.includes(key) || column.id === key),
      )?.label;
      const next = shown?.(patch, row) ?? patch;
      // What was asked for before this would show the former value again.
      void queries.cancelQueries({ queryKey: [root, 'list'] });
      show(next);
      const work = async () => {
        try {
          await send(row, patch);
          notifyDone(`${label ?? 'A field'} of “${nameOf(row)}” changed.`, async () => {
            await send(row, former(patch, row));
            await queries.invalidateQueries({ queryKey: [root] });
          });
        } catch (error) {
          show(formerOf(next as Record<string, unknown>, row));
          notifyError(error, `“${nameOf(row)}” stays as it was`);
        } finally {
          void queries.invalidateQueries({ queryKey: [root] });
        }
      };
      queue.current = queue.current.then(work);
    },
    [queries],
  );
};
