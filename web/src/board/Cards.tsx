import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';
import type { BoardColumn } from '../api/types';
import classes from './Board.module.css';
import { Card } from './Card';
import type { Act } from './useActs';
import type { BoardKeys } from './useBoardKeys';
import type { BoardView } from './useBoardView';

type Props = {
  column: BoardColumn;
  scroller: RefObject<HTMLDivElement | null>;
  view: BoardView;
  selected: ReadonlySet<number>;
  select: (id: number) => void;
  act: Act;
  keys: BoardKeys;
  draggingFrom: number[] | null;
  /** The cards in the hand may not come to this column. */
  isRefused: boolean;
  /** The end of what is loaded comes near. */
  onNearEnd: () => void;
};

/** The cards near the window. It is this alone that scrolling draws again. */
export const Cards = ({ column, scroller, view, selected, select, act, keys, draggingFrom, isRefused, onNearEnd }: Props) => {
  const stage = column.stage!;
  const { cards } = column;
  const rows = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 128,
    getItemKey: index => cards[index]?.id ?? index,
    overscan: 4,
    gap: 8,
    paddingEnd: 12,
    // Cards may come a frame later; drawing them inside the scroll event holds it up.
    useFlushSync: false,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const isNearEnd = lastShown >= cards.length - 8;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that came may have left the end still near.
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, cards.length, onNearEnd]);

  // The card that has the focus is brought into view even when it is far down the list.
  const focused = keys.focused !== null ? cards.findIndex(card => card.id === keys.focused) : -1;
  useEffect(() => {
    if (focused >= 0) rows.scrollToIndex(focused, { align: 'auto' });
  }, [focused, rows]);

  return (
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
              isRefused={isRefused}
              isDragged={draggingFrom?.includes(card.id) ?? false}
            />
          </li>
        );
      })}
    </ul>
  );
};
