import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { announce } from './announce';

/** The ids with one of them put before or after another. */
export const reorder = (ids: number[], moved: number, target: number, after: boolean) => {
  if (moved === target) return ids;
  const rest = ids.filter(id => id !== moved);
  rest.splice(rest.indexOf(target) + (after ? 1 : 0), 0, moved);
  return rest;
};

type Sorting = { kind: string; id: number; ids: number[]; isLying: boolean; onSort: (ids: number[]) => void; name: string };

/** Lets an element be dragged among its like, and its handle be moved by the arrow keys. */
export const useSortable = <Frame extends HTMLElement, Handle extends HTMLElement>({ kind, id, ids, isLying, onSort, name }: Sorting) => {
  const frame = useRef<Frame>(null);
  const handle = useRef<Handle>(null);
  const [isOver, setIsOver] = useState(false);
  const [isDragged, setIsDragged] = useState(false);
  const latest = useRef({ ids, onSort });
  latest.current = { ids, onSort };
  useEffect(
    () =>
      combine(
        draggable({
          element: frame.current!,
          dragHandle: handle.current ?? undefined,
          getInitialData: () => ({ kind, id }),
          onDragStart: () => setIsDragged(true),
          onDrop: () => setIsDragged(false),
        }),
        dropTargetForElements({
          element: frame.current!,
          canDrop: ({ source }) => source.data.kind === kind && source.data.id !== id,
          getData: ({ input, element }) =>
            attachClosestEdge({}, { input, element, allowedEdges: isLying ? ['left', 'right'] : ['top', 'bottom'] }),
          onDragEnter: () => setIsOver(true),
          onDragLeave: () => setIsOver(false),
          onDrop: ({ source, self }) => {
            setIsOver(false);
            const edge = extractClosestEdge(self.data);
            latest.current.onSort(reorder(latest.current.ids, source.data.id as number, id, edge === 'right' || edge === 'bottom'));
          },
        }),
      ),
    [kind, id, isLying],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const shift = { ArrowLeft: isLying ? -1 : 0, ArrowUp: isLying ? 0 : -1, ArrowRight: isLying ? 1 : 0, ArrowDown: isLying ? 0 : 1 }[
      event.key
    ];
    if (!shift) return;
    event.preventDefault();
    const at = ids.indexOf(id);
    const target = ids[at + shift];
    if (target === undefined) return;
    announce(`${name}: place ${at + shift + 1} of ${ids.length}.`);
    onSort(reorder(ids, id, target, shift > 0));
  };
  return { frame, handle, isOver, isDragged, onKeyDown };
};
