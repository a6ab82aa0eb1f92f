import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { type RefObject, useEffect, useRef, useState } from 'react';
import classes from './Board.module.css';
import type { Act } from './useActs';
import type { Dragged, Target } from './useCardDrag';

type Given = {
  frame: RefObject<HTMLElement | null>;
  dealId: number;
  stageId: number;
  nextId: number | null;
  isManual: boolean;
  selected: ReadonlySet<number>;
  act: Act;
  isRefused: boolean;
};

/** Lets a card be dragged, and where people order cards themselves, others be dropped above and below it: at which edge one would land. */
export const useDraggableCard = ({ frame, dealId, stageId, nextId, isManual, selected, act, isRefused }: Given) => {
  const [edge, setEdge] = useState<'top' | 'bottom' | null>(null);
  const latest = useRef({ selected, nextId, isRefused });
  latest.current = { selected, nextId, isRefused };
  const actNow = useRef(act);
  actNow.current = act;

  useEffect(() => {
    const element = frame.current!;
    const stop = draggable({
      element,
      getInitialData: (): Dragged => ({
        kind: 'cards',
        ids: latest.current.selected.has(dealId) ? [...latest.current.selected] : [dealId],
      }),
      onGenerateDragPreview: ({ nativeSetDragImage, source }) => {
        const { ids } = source.data as Dragged;
        if (ids.length > 1)
          setCustomNativeDragPreview({ nativeSetDragImage, render: ({ container }) => stack(container, actNow.current.sumOf(ids)) });
      },
    });
    if (!isManual) return stop;
    const drop = dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.kind === 'cards' && !latest.current.isRefused,
      getData: ({ input }): Target => {
        const box = element.getBoundingClientRect();
        return { kind: 'card', stageId: stageId, beforeId: input.clientY < box.top + box.height / 2 ? dealId : latest.current.nextId };
      },
      onDrag: ({ location }) => {
        const box = element.getBoundingClientRect();
        setEdge(location.current.input.clientY < box.top + box.height / 2 ? 'top' : 'bottom');
      },
      onDragLeave: () => setEdge(null),
      onDrop: () => setEdge(null),
    });
    return () => {
      stop();
      drop();
    };
  }, [frame, dealId, stageId, isManual]);

  return edge;
};

/** What hangs at the pointer when several are dragged. */
const stack = (container: HTMLElement, text: string) => {
  const element = document.createElement('div');
  element.className = classes.stack!;
  element.textContent = text;
  container.append(element);
};
