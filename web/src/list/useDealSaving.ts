import { api, ask } from '../api/client';
import type { Deal, DealPatch } from '../api/types';
import type { Column } from '../grid/column';
import { useSaving } from '../grid/useSaving';
import { before } from './bulkFields';

export const useDealSaving = (columns: Column<Deal>[]) =>
  useSaving<Deal>({
    root: 'deals',
    columns,
    nameOf: deal => deal.title,
    send: (deal, patch) => ask(api.PATCH('/api/v1/deals/{id}', { params: { path: { id: deal.id } }, body: patch as DealPatch })),
    former: (patch, deal) => before(patch as DealPatch, deal) as Record<string, unknown>,
  });
