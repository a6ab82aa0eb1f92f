import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, ask } from '../api/client';
import type { Board } from '../api/types';
import { Explained } from '../ui/Explained';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';
import type { BoardView } from './useBoardView';

/** What is shown comes to this much. */
export const BoardSums = ({ board, view }: { board: Board; view: BoardView }) => {
  const format = useFormat();
  const query = { pipeline_id: view.pipeline!.id, where: view.where, filter_id: view.filterId };
  const { data: ageing } = useQuery({
    queryKey: ['insights', 'ageing', query],
    queryFn: () => ask(api.GET('/api/v1/insights/ageing', { params: { query } })),
    placeholderData: before => before,
  });
  const totals = board.totals;
  if (!totals) return null;
  const waiting = board.columns.reduce(
    (sum, column) => sum + (column.activities?.overdue ?? 0) + (column.activities?.today ?? 0) + (column.activities?.none ?? 0),
    0,
  );
  const aged = (ageing?.data ?? [])
    .filter(stage => stage.mean_days !== null)
    .map(stage => ({ deals: stage.deals.reduce((a, b) => a + b, 0), days: stage.mean_days! }));
  const number = aged.reduce((sum, stage) => sum + stage.deals, 0);
  const money = (value: number) => format.money(Math.round(value), totals.converted_to, true);
  return (
    <dl className={`${classes.strip} tabular`}>
      <Figure name="Open value" value={money(totals.value)} />
      <Figure name="Weighted" value={money(totals.weighted_value)} />
      <Figure name="Deals" value={format.number(totals.deals)} />
      <Figure name="Need attention" value={format.number(waiting)} />
      {number > 0 && (
        <Figure
          name="Average time in stage"
          value={
            <Explained tip="How long the deals shown have been in the stage they are in now, on average. It begins anew when a deal moves.">
              {format.days(aged.reduce((sum, stage) => sum + stage.deals * stage.days, 0) / number)}
            </Explained>
          }
        />
      )}
    </dl>
  );
};

const Figure = ({ name, value }: { name: string; value: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
