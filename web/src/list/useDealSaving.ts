import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { api, ask } from '../api/client';
import type { Deal, DealPatch } from '../api/types';
import type { Column } from '../grid/column';
import type { Page } from '../grid/usePages';
import { notifyDone, notifyError } from '../ui/notify';
import { before } from './bulkFields';

/** Saves what was typed into a cell: shown at once, put back when refused, and for a while taken back on request. */
export const useDealSaving = (columns: Column<Deal>[]) => {
  const queries = useQueryClient();
  // One after the other, so that the last change is also the last that can be taken back.
  const queue = useRef<Promise<void>>(Promise.resolve());

  return useCallback(
    (deal: Deal, patch: Record<string, unknown>) => {
      const show = (next: Partial<Deal>) =>
        queries.setQueriesData<Page<Deal>>(
          { queryKey: ['deals', 'list'] },
          page => page && { ...page, data: page.data.map(one => (one.id === deal.id ? { ...one, ...next } : one)) },
        );
      const send = (body: DealPatch) => ask(api.PATCH('/api/v1/deals/{id}', { params: { path: { id: deal.id } }, body }));
      const label = columns.find(
        column => column.edit && Object.keys(patch).some(key => column.fields?.includes(key) || column.id === key),
      )?.label;
      show({ ...patch, custom: { ...(deal.custom as object), ...(patch.custom as object) } } as Partial<Deal>);
      const work = async () => {
        try {
          await send(patch as DealPatch);
          void queries.invalidateQueries({ queryKey: ['deals'] });
          notifyDone(`${label ?? 'The deal'} of “${deal.title}” changed.`, async () => {
            await send(before(patch as DealPatch, deal));
            await queries.invalidateQueries({ queryKey: ['deals'] });
          });
        } catch (error) {
          show(deal);
          notifyError(error, `“${deal.title}” stays as it was`);
        }
      };
      queue.current = queue.current.then(work);
    },
    [queries, columns],
  );
};
