import { api, ask } from '../api/client';
import { Problem } from '../api/problem';
import type { DealPatch } from '../api/types';

type Item = { operation: 'update' | 'delete'; id: number; deal?: Record<string, unknown> };

/** One of several that was refused speaks for all, and none is done: the screen shows either before or after. */
const batch = async (items: Item[]) => {
  const answer = await ask(api.POST('/api/v1/deals/batch', { body: { items: items as never, atomic: true } }));
  const refused = answer.data.find(one => one.status >= 400 && one.status !== 424) ?? answer.data.find(one => one.status >= 400);
  if (refused) throw new Problem(refused.status, refused.problem);
};

export const changeDeals = (ids: number[], patch: DealPatch): Promise<unknown> =>
  ids.length === 1
    ? ask(api.PATCH('/api/v1/deals/{id}', { params: { path: { id: ids[0]! } }, body: patch }))
    : batch(ids.map(id => ({ operation: 'update', id, deal: patch as Record<string, unknown> })));

export const deleteDeals = (ids: number[]): Promise<unknown> =>
  ids.length === 1
    ? ask(api.DELETE('/api/v1/deals/{id}', { params: { path: { id: ids[0]! } } }))
    : batch(ids.map(id => ({ operation: 'delete', id })));

export const restoreDeals = (ids: number[]) =>
  Promise.all(ids.map(id => ask(api.POST('/api/v1/deals/{id}/restore', { params: { path: { id } } }))));
