import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { BoardColumn } from '../api/types';
import classes from './Board.module.css';
import type { Act } from './BoardScreen';
import { Card } from './Card';
import { ColumnHeader } from './ColumnHeader';
import { useCollapsed } from './collapsed';
import { QuickAdd } from './QuickAdd';
import type { BoardView } from './useBoard';
import type { BoardKeys } from './useBoardKeys';
import type { Target } from './useCardDrag';

type Props = {
  column: BoardColumn;
  view: BoardView;
  selected: ReadonlySet<number>;
  select: (id: number) => void;
  act: Act;
  keys: BoardKeys;
  onMore: (stageId: number) => Promise<void>;
  isPhone: boolean;
  draggingFrom: number[] | null;
};

/** A stage and its cards. Only those near the window are in the document; more come from the server as one scrolls. */
export const Column = ({ column, view, selected, select, act, keys, onMore, isPhone, draggingFrom }: Props) => {
  const stage = column.stage!;
  const { cards } = column;
  const frame = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [isOver, setIsOver] = useState(false);
  const [isAdding, setIsAdding] = useState(false);
  const [failed, setFailed] = useState(false);
  const [isCollapsed, collapse] = useCollapsed(stage.id);
  const folded = isCollapsed && !isPhone;

  const rows = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 128,
    getItemKey: index => cards[index]?.id ?? index,
    overscan: 6,
    gap: 8,
    paddingEnd: 12,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const hasMore = column.next_cursor !== null;

  useEffect(() => {
    if (hasMore && !failed && !folded && lastShown >= cards.length - 8) void onMore(stage.id).catch(() => setFailed(true));
  }, [hasMore, failed, folded, lastShown, cards.length, onMore, stage.id]);

  // The key that has the focus is brought into view even when it is far down the list.
  const focused = keys.focused !== null ? cards.findIndex(card => card.id === keys.focused) : -1;
  useEffect(() => {
    if (focused >= 0) rows.scrollToIndex(focused, { align: 'auto' });
  }, [focused, rows]);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const stop = dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.kind === 'cards',
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
      aria-label={`${stage.name}, ${column.totals?.deals ?? 0} deals`}
    >
      <ColumnHeader
        column={column}
        view={view}
        isCollapsed={folded}
        onCollapse={collapse}
        onAdd={() => setIsAdding(true)}
        onSelectAll={() => {
          for (const card of cards) if (!selected.has(card.id)) select(card.id);
        }}
      />
      {!folded && (
        <div ref={scroller} className={classes.cards} tabIndex={cards.length === 0 ? 0 : -1}>
          {isAdding && <QuickAdd stage={stage} onClose={() => setIsAdding(false)} />}
          {isOver && draggingFrom && <div className={classes.placeholder} aria-hidden />}
          <ul className={classes.list} style={{ height: rows.getTotalSize() }}>
            {shown.map(row => {
              const card = cards[row.index]!;
              return (
                <li
                  key={row.key}
                  ref={rows.measureElement}
                  data-index={row.index}
                  className={classes.slot}
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  <Card
                    deal={card}
                    stage={stage}
                    nextId={cards[row.index + 1]?.id ?? null}
                    isManual={view.order === 'position'}
                    catalog={view.catalog}
                    selected={selected}
                    select={select}
                    act={act}
                    keys={keys}
                    isDragged={draggingFrom?.includes(card.id) ?? false}
                  />
                </li>
              );
            })}
          </ul>
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
};
