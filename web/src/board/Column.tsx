import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { type CSSProperties, memo, useCallback, useEffect, useRef, useState } from 'react';
import type { BoardColumn } from '../api/types';
import { fillOf } from '../stages/colors';
import classes from './Board.module.css';
import { Cards } from './Cards';
import { ColumnHeader } from './ColumnHeader';
import { useCollapsed } from './collapsed';
import { QuickAdd } from './QuickAdd';
import type { Act } from './useActs';
import type { BoardKeys } from './useBoardKeys';
import type { BoardView } from './useBoardView';
import type { Target } from './useCardDrag';

type Props = {
  column: BoardColumn;
  /** Its cards have their turn. */
  isDrawn: boolean;
  view: BoardView;
  selected: ReadonlySet<number>;
  select: (id: number) => void;
  act: Act;
  keys: BoardKeys;
  onMore: (stageId: number) => Promise<void>;
  isPhone: boolean;
  draggingFrom: number[] | null;
  /** Why the cards in the hand may not come here. */
  refusal: string | null;
};

/** A stage and its cards. Only those near the window are in the document; more come from the server as one scrolls. */
export const Column = memo(({ column, isDrawn, view, selected, select, act, keys, onMore, isPhone, draggingFrom, refusal }: Props) => {
  const stage = column.stage!;
  const { cards } = column;
  const frame = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [isOver, setIsOver] = useState(false);
  const refused = useRef(refusal);
  refused.current = refusal;
  const [isAdding, setIsAdding] = useState(false);
  const [failed, setFailed] = useState(false);
  const [isCollapsed, collapse] = useCollapsed(stage.id);
  const folded = isCollapsed && !isPhone;

  const hasMore = column.next_cursor !== null;
  const onNearEnd = useCallback(() => {
    if (hasMore && !failed) void onMore(stage.id).catch(() => setFailed(true));
  }, [hasMore, failed, onMore, stage.id]);
  const onAdd = useCallback(() => setIsAdding(true), []);
  const onSelectAll = useCallback(() => {
    for (const card of cards) if (!selected.has(card.id)) select(card.id);
  }, [cards, selected, select]);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const stop = dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.kind === 'cards' && refused.current === null,
      getData: (): Target => ({ kind: 'stage', stageId: stage.id }),
      onDragEnter: () => setIsOver(true),
      onDragLeave: () => setIsOver(false),
      onDrop: () => setIsOver(false),
    });
    const scroll =
      scroller.current && autoScrollForElements({ element: scroller.current, canScroll: ({ source }) => source.data.kind === 'cards' });
    return () => {
      stop();
      scroll?.();
    };
  }, [stage.id]);

  return (
    <section
      ref={frame}
      className={classes.column}
      data-over={isOver || undefined}
      data-collapsed={folded || undefined}
      data-stage={stage.id}
      data-refused={refusal !== null || undefined}
      style={{ '--stage': fillOf(stage) } as CSSProperties}
      aria-label={`${stage.name}, ${column.totals?.deals ?? 0} deals`}
    >
      <ColumnHeader column={column} view={view} isCollapsed={folded} onCollapse={collapse} onAdd={onAdd} onSelectAll={onSelectAll} />
      {refusal && <p className={classes.refusal}>{refusal}</p>}
      {!folded && (
        <div ref={scroller} className={classes.cards} tabIndex={cards.length === 0 ? 0 : -1}>
          {isAdding && <QuickAdd stage={stage} onClose={() => setIsAdding(false)} />}
          {isOver && draggingFrom && <div className={classes.placeholder} aria-hidden />}
          {isDrawn && (
            <Cards
              column={column}
              scroller={scroller}
              view={view}
              selected={selected}
              select={select}
              act={act}
              keys={keys}
              draggingFrom={draggingFrom}
              isRefused={refusal !== null}
              onNearEnd={onNearEnd}
            />
          )}
          {failed && (
            <button type="button" className={classes.retry} onClick={() => setFailed(false)}>
              More could not be loaded. Try again
            </button>
          )}
          {cards.length === 0 && !isAdding && <p className={classes.nothing}>No deals</p>}
        </div>
      )}
    </section>
  );
});
