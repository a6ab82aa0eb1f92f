import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Board } from '../api/types';
import { allOf, complete, write } from '../filters/condition';
import { useSession } from '../session/useSession';
import { useFormat } from '../ui/useFormat';
import { type Chip, chipCondition } from './chips';
import type { BoardView } from './useBoardView';

/** Counts without the quick chip, which say what each chip would show. */
export const useChipCounts = (view: BoardView) => {
  const { user } = useSession();
  const format = useFormat();
  const { pipeline, baseWhere, filterId, condition } = view;
  const id = pipeline?.id;
  const board = useQuery({
    queryKey: ['board', id, 'counts', baseWhere, filterId],
    queryFn: () =>
      ask(
        api.GET('/api/v1/pipelines/{id}/board', {
          params: { path: { id: id! }, query: { where: baseWhere, filter_id: filterId, cards: 0 } },
        }),
      ),
    enabled: id !== undefined,
  }).data;
  const summary = (chip: Chip) => ({
    queryKey: ['board', id, 'summary', chip, baseWhere, filterId],
    queryFn: () =>
      ask(
        api.GET('/api/v1/deals/summary', {
          params: {
            query: {
              pipeline_id: id,
              status: 'open',
              where: write(allOf(complete(condition), chipCondition(chip, user.id, format.today()))),
              filter_id: filterId,
            },
          },
        }),
      ),
    enabled: id !== undefined,
  });
  const mine = useQuery(summary('mine')).data?.deals;
  const closing = useQuery(summary('closing')).data?.deals;
  const sum = (of: (column: Board['columns'][number]) => number | undefined) =>
    board?.columns.reduce((total, column) => total + (of(column) ?? 0), 0);
  const counts: Record<Chip, number | undefined> = {
    mine,
    overdue: sum(column => column.activities?.overdue),
    today: sum(column => column.activities?.today),
    planned: sum(column => column.activities?.planned),
    none: sum(column => column.activities?.none),
    rotting: sum(column => column.rotten),
    closing,
  };
  return counts;
};
