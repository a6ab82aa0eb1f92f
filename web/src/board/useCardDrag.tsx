import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Board } from '../api/types';
import type { Act } from './useActs';
import { useTouchDrag } from './useTouchDrag';

/** What a drag carries, and what it is dropped on. */
export type Dragged = { kind: 'cards'; ids: number[] };
export type Target =
  | { kind: 'stage'; stageId: number }
  | { kind: 'card'; stageId: number; beforeId: number | null }
  | { kind: 'bar'; what: 'won' | 'lost' | 'delete' | 'move' };

/** Follows a drag from card to target. The cards that are dragged are the selected ones when one of them is taken. */
export const useCardDrag = (board: Board | undefined, selected: ReadonlySet<number>, act: Act) => {
  const scrollRef = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState<number[] | null>(null);
  const latest = useRef({ act, board, selected });
  latest.current = { act, board, selected };

  const drop = useCallback((ids: number[], target: Target | null) => {
    setDragging(null);
    if (!target) return;
    const { act } = latest.current;
    if (target.kind === 'stage') act.move(ids, target.stageId);
    else if (target.kind === 'card') {
      if (target.beforeId === null || !ids.includes(target.beforeId)) act.move(ids, target.stageId, target.beforeId);
    } else if (target.what === 'won') act.win(ids);
    else if (target.what === 'lost') act.lose(ids);
    else if (target.what === 'move') act.choosePlace(ids);
    else act.remove(ids);
  }, []);
  /** A finger has lifted a card. */
  const begin = useCallback((id: number) => {
    const { selected } = latest.current;
    const ids = selected.has(id) ? [...selected] : [id];
    setDragging(ids);
    return ids;
  }, []);

  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === 'cards',
        onDragStart: ({ source }) => setDragging((source.data as Dragged).ids),
        onDrop: ({ source, location }) =>
          drop((source.data as Dragged).ids, (location.current.dropTargets[0]?.data as Target | undefined) ?? null),
      }),
    [drop],
  );

  const hasBoard = board !== undefined;
  useEffect(() => {
    const element = scrollRef.current;
    return element && hasBoard ? autoScrollForElements({ element, canScroll: ({ source }) => source.data.kind === 'cards' }) : undefined;
  }, [hasBoard]);

  useTouchDrag(scrollRef, { begin, drop }, hasBoard);

  return { scrollRef, dragging };
};

export type CardDrag = ReturnType<typeof useCardDrag>;
