import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, ask } from '../api/client';
import { explain } from '../api/problem';
import { write } from '../filters/condition';
import { Card } from './Card';
import classes from './Forecast.module.css';
import { type Column, cellCondition } from './forecast';
import type { ForecastState } from './useForecast';
import type { Moves } from './useMoves';

export type Row = { by: 'owner' | 'pipeline'; id: number | null };
type Props = {
  column: Column;
  row: Row | null;
  deals: number;
  forecast: ForecastState;
  moves: Moves;
  isHeldOver: boolean;
  isFirst: boolean;
};

/** The deals of one column, or of one column in one row; asked for only where the totals say that there are some. */
export const Cell = ({ column, row, deals, forecast, moves, isHeldOver, isFirst }: Props) => {
  const frame = useRef<HTMLDivElement>(null);
  const [limit, setLimit] = useState(20);
  const [isOver, setIsOver] = useState(false);
  const { view, today, state } = forecast;
  const isTarget = column.kind !== 'overdue' && view !== 'won';
  const where = write(cellCondition(column, view, today, state.condition, row));
  const { data, isLoading, error, refetch } = useQuery({
    queryKey: ['forecast', 'cell', where, limit],
    queryFn: () =>
      ask(api.GET('/api/v1/deals', { params: { query: { where, limit, sort: ['-weighted_value', 'id'], include: ['organization'] } } })),
    enabled: deals > 0,
    placeholderData: before => before,
  });

  useEffect(() => {
    if (!isTarget) return;
    return dropTargetForElements({
      element: frame.current!,
      canDrop: ({ source }) => source.data.kind === 'forecast-card',
      getData: () => ({ kind: 'column', column }),
      onDragEnter: () => setIsOver(true),
      onDragLeave: () => setIsOver(false),
      onDrop: () => setIsOver(false),
    });
  }, [isTarget, column]);

  const cards = moves.arrange(column, row, deals > 0 ? (data?.data ?? []) : []);
  return (
    <div ref={frame} className={classes.cell} data-over={isOver || isHeldOver || undefined} data-column={column.key}>
      {isLoading && deals > 0 && <Skeleton height={64 * Math.min(deals, 3)} radius="md" />}
      {error && (
        <Button size="compact-xs" variant="light" color="red" onClick={() => void refetch()} title={explain(error)}>
          Not loaded. Retry
        </Button>
      )}
      {cards.map((deal, at) => (
        <Card
          key={deal.id}
          deal={deal}
          column={column}
          forecast={forecast}
          moves={moves}
          isStop={moves.reached === null ? isFirst && at === 0 : moves.reached === deal.id}
        />
      ))}
      {data?.next_cursor && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setLimit(before => Math.min(500, before + 50))}>
          {cards.length} of {deals} · Show more
        </Button>
      )}
    </div>
  );
};
