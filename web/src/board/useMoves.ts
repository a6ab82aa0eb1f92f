import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Board, Deal, DealPatch } from '../api/types';
import { changeDeals, deleteDeals, restoreDeals } from '../deals/changes';
import { reversed } from '../deals/useDeal';
import type { Entering } from '../stages/useEntering';
import { announce } from '../ui/announce';
import { notifyDone, notifyError } from '../ui/notify';
import { findCard, moveCards, removeCards } from './board';
import { showStill } from './still';

const several = (deals: Deal[]) => (deals.length === 1 ? `“${deals[0]!.title}”` : `${deals.length} deals`);

/** Each deal goes back to what it was. */
const back = (deals: Deal[], patch: (deal: Deal) => DealPatch) => () => Promise.all(deals.map(deal => changeDeals([deal.id], patch(deal))));

/** What is done to cards: at once on screen, then on the server; put back when it refuses; and everything can be undone. */
export const useMoves = (key: QueryKey, refusal: Entering['refusal']) => {
  const queries = useQueryClient();
  const catalog = useCatalog();

  const apply = useCallback(
    async (
      ids: number[],
      show: (board: Board) => Board,
      write: () => Promise<unknown>,
      done: (deals: Deal[]) => { message: string; undo: (() => Promise<unknown>) | undefined },
    ) => {
      const before = queries.getQueryData<Board>(key);
      const deals = ids.flatMap(id => findCard(before, id) ?? []);
      await queries.cancelQueries({ queryKey: key });
      showStill(queries, key, show);
      try {
        await write();
        const { message, undo } = done(deals);
        notifyDone(
          message,
          undo &&
            (async () => {
              await undo();
              await queries.invalidateQueries({ queryKey: ['board'] });
            }),
        );
        return true;
      } catch (error) {
        queries.setQueryData(key, before);
        notifyError(error, `${several(deals)} stayed`);
        return false;
      } finally {
        void queries.invalidateQueries({ queryKey: ['board'] });
      }
    },
    [key, queries],
  );

  return useMemo(
    () => ({
      move: (ids: number[], stageId: number, beforeId: number | null = null, isManual = false, more: DealPatch = {}) => {
        const from = new Map(ids.map(id => [id, findCard(queries.getQueryData<Board>(key), id)?.stage_id]));
        const name = catalog.stage(stageId)?.name ?? '';
        if (!isManual && ids.every(id => from.get(id) === stageId)) return Promise.resolve(true);
        return apply(
          ids,
          board => moveCards(board, ids, stageId, beforeId),
          async () => {
            if (!isManual) return changeDeals(ids, { stage_id: stageId, ...more });
            for (const id of ids)
              await ask(
                api.POST('/api/v1/deals/{id}/move', {
                  params: { path: { id } },
                  body: { stage_id: stageId, ...(beforeId === null ? { place: 1 } : { before_id: beforeId }), with: more },
                }),
              );
          },
          deals => {
            announce(`${several(deals)} moved to ${name}.`);
            return {
              message: `${several(deals)} moved to ${name}.`,
              // Where the rules close the way back, nothing is promised.
              undo: deals.some(deal => refusal([{ ...deal, stage_id: stageId }], catalog.stage(deal.stage_id)))
                ? undefined
                : back(deals, deal => ({ stage_id: deal.stage_id, position: deal.position, ...reversed(deal, more) })),
            };
          },
        );
      },
      movePipeline: (ids: number[], stageId: number, more: DealPatch = {}) =>
        apply(
          ids,
          board => removeCards(board, ids),
          () => changeDeals(ids, { stage_id: stageId, ...more }),
          deals => ({
            message: `${several(deals)} moved to ${catalog.pipeline(catalog.stage(stageId)?.pipeline_id)?.name}.`,
            undo: back(deals, deal => ({ stage_id: deal.stage_id })),
          }),
        ),
      win: (ids: number[], more: DealPatch = {}) =>
        apply(
          ids,
          board => removeCards(board, ids),
          () => changeDeals(ids, { status: 'won', ...more }),
          deals => ({ message: `${several(deals)} won.`, undo: back(deals, () => ({ status: 'open' })) }),
        ),
      lose: (ids: number[], why: DealPatch) =>
        apply(
          ids,
          board => removeCards(board, ids),
          () => changeDeals(ids, { status: 'lost', ...why }),
          deals => ({ message: `${several(deals)} lost.`, undo: back(deals, () => ({ status: 'open' })) }),
        ),
      remove: (ids: number[]) =>
        apply(
          ids,
          board => removeCards(board, ids),
          () => deleteDeals(ids),
          deals => ({ message: `${several(deals)} deleted (kept 30 days).`, undo: () => restoreDeals(ids) }),
        ),
    }),
    [apply, catalog, key, queries, refusal],
  );
};

export type Moves = ReturnType<typeof useMoves>;
