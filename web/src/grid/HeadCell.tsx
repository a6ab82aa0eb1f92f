import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type PointerEvent, useState } from 'react';
import { type Column, clampWidth, moved } from './column';
import classes from './Grid.module.css';
import type { HeadProps } from './GridHead';
import { HeadMenu } from './HeadMenu';

export type CellProps = Pick<HeadProps, 'shown' | 'onShown' | 'sort' | 'onSort'> & { column: Column<never>; at: number; offset: number };

/** A heading: pressed it sorts, dragged it moves, and its edge widens it. */
export const HeadCell = ({ column, at, shown, onShown, sort, onSort, offset }: CellProps) => {
  const [over, setOver] = useState(false);
  const width = shown[at]!.width;
  const mine = sort && column.sort === sort.field ? sort : null;
  const resize = (next: number) => onShown(shown.with(at, { id: column.id, width: clampWidth(next) }));
  const press = () => column.sort && onSort({ field: column.sort, down: mine ? !mine.down : column.align === 'end' });

  const startResize = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const [from, pointer] = [event.clientX, event.pointerId];
    const sign = getComputedStyle(handle).direction === 'rtl' ? -1 : 1;
    handle.setPointerCapture(pointer);
    const move = (moveEvent: globalThis.PointerEvent) => resize(width + sign * (moveEvent.clientX - from));
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), { once: true });
    handle.addEventListener('pointercancel', () => handle.removeEventListener('pointermove', move), { once: true });
  };

  return (
    <div
      role="columnheader"
      aria-sort={mine ? (mine.down ? 'descending' : 'ascending') : column.sort ? 'none' : undefined}
      className={`${classes.cell} ${classes.header} ${at === 0 ? `${classes.frozen} ${classes.edge}` : ''}`}
      data-align={column.align}
      data-over={over || undefined}
      style={{ width, ...(at === 0 ? { insetInlineStart: offset } : {}) }}
      onDragOver={event => {
        if (!event.dataTransfer.types.includes('text/x-column')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        setOver(false);
        const from = shown.findIndex(one => one.id === event.dataTransfer.getData('text/x-column'));
        if (from >= 0) onShown(moved(shown, from, at));
      }}
    >
      <button
        type="button"
        className={classes.name}
        draggable
        onDragStart={event => {
          event.dataTransfer.setData('text/x-column', column.id);
          event.dataTransfer.effectAllowed = 'move';
        }}
        onClick={press}
        title={column.label}
      >
        {column.label}
      </button>
      {mine && (mine.down ? <IconArrowDown size={14} aria-hidden /> : <IconArrowUp size={14} aria-hidden />)}
      <HeadMenu {...{ column, at, shown, onShown, onSort, resize }} width={width} />
      <div className={classes.resize} aria-hidden onPointerDown={startResize} onDoubleClick={() => resize(column.width)} />
    </div>
  );
};
