import { startTransition, useEffect, useState } from 'react';
import type { Board } from '../api/types';
import classes from './Board.module.css';
import { Column } from './Column';
import { FirstDeal } from './FirstDeal';
import { Moving } from './Moving';
import type { Act } from './useActs';
import type { BoardKeys } from './useBoardKeys';
import type { BoardView } from './useBoardView';
import type { CardDrag } from './useCardDrag';

type Props = {
  board: Board;
  view: BoardView;
  selected: ReadonlySet<number>;
  select: (id: number) => void;
  act: Act;
  keys: BoardKeys;
  drag: CardDrag;
  onMore: (stageId: number) => Promise<void>;
  isPhone: boolean;
  refusal: (stageId: number) => string | null;
  /** The board is still that of the order or filter before. */
  isFormer: boolean;
};

/** How many of some heavy pieces are drawn by now: one more each time, so that the browser can answer between any two. */
const useInTurn = (count: number) => {
  const [drawn, setDrawn] = useState(0);
  useEffect(() => {
    if (drawn < count) startTransition(() => setDrawn(drawn + 1));
  }, [drawn, count]);
  return drawn;
};

/** The stages of a pipeline beside one another. Their headings stand at once; cards follow column by column, those in sight first. */
export const Columns = ({ board, view, selected, select, act, keys, drag, onMore, isPhone, refusal, isFormer }: Props) => {
  const columns = board.columns.filter(column => column.stage?.kind === 'open');
  const drawn = useInTurn(columns.length);
  return (
    <div
      className={classes.columns}
      ref={drag.scrollRef}
      data-phone={isPhone || undefined}
      role="group"
      aria-label={`${view.pipeline?.name} board`}
    >
      {board.totals?.deals === 0 && <FirstDeal pipelineId={view.pipeline!.id} />}
      <Moving board={board} view={`${view.order} ${view.where} ${view.filterId}`} isFormer={isFormer} frame={drag.scrollRef}>
        {columns.map((column, at) => (
          <Column
            key={column.stage!.id}
            column={column}
            isDrawn={at < drawn}
            view={view}
            selected={selected}
            select={select}
            act={act}
            keys={keys}
            onMore={onMore}
            isPhone={isPhone}
            draggingFrom={drag.dragging}
            refusal={refusal(column.stage!.id)}
          />
        ))}
      </Moving>
    </div>
  );
};
