import { Checkbox, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp, IconChevronDown, IconEyeOff } from '@tabler/icons-react';
import { memo, type PointerEvent, useState } from 'react';
import { type Column, clampWidth, moved, type Shown } from './column';
import classes from './Grid.module.css';

export type Sort = { field: string; down: boolean };

export type HeadProps = {
  columns: Column<never>[];
  shown: Shown[];
  onShown: (shown: Shown[]) => void;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
  checked?: boolean | 'some';
  onCheck?: () => void;
  checkWidth: number;
};

/** The headings: a press sorts, dragging moves the column, dragging its edge widens it; the menu does the same by keyboard. */
const Plain = ({ columns, shown, onShown, sort, onSort, checked, onCheck, checkWidth }: HeadProps) => (
  <div className={classes.head} role="rowgroup">
    <div className={classes.row} role="row" aria-rowindex={1} style={{ height: 38 }}>
      {onCheck && (
        <div
          role="columnheader"
          className={`${classes.cell} ${classes.header} ${classes.check} ${classes.frozen}`}
          style={{ width: checkWidth, insetInlineStart: 0 }}
        >
          <Checkbox
            size="xs"
            aria-label="Select the loaded rows"
            checked={checked === true}
            indeterminate={checked === 'some'}
            onChange={onCheck}
          />
        </div>
      )}
      {shown.map((one, at) => (
        <HeadCell
          key={one.id}
          column={columns.find(column => column.id === one.id)!}
          at={at}
          {...{ shown, onShown, sort, onSort, offset: onCheck ? checkWidth : 0 }}
        />
      ))}
    </div>
  </div>
);

const isSameSort = (a: Sort | null, b: Sort | null) => a?.field === b?.field && a?.down === b?.down;

/** Menus and boxes are dear: scrolling must not draw them again. */
export const GridHead = memo(Plain, (before, after) => {
  const { sort, ...rest } = before;
  return isSameSort(sort, after.sort) && Object.entries(rest).every(([name, value]) => after[name as keyof HeadProps] === value);
});

type CellProps = Pick<HeadProps, 'shown' | 'onShown' | 'sort' | 'onSort'> & { column: Column<never>; at: number; offset: number };

const HeadCell = ({ column, at, shown, onShown, sort, onSort, offset }: CellProps) => {
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
      <Menu position="bottom-end" width={190}>
        <Menu.Target>
          <button type="button" className={classes.name} style={{ flex: 'none', width: 20 }} aria-label={`Column ${column.label}`}>
            <IconChevronDown size={14} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {column.sort && (
            <>
              <Menu.Item leftSection={<IconArrowUp size={15} aria-hidden />} onClick={() => onSort({ field: column.sort!, down: false })}>
                Sort ascending
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowDown size={15} aria-hidden />} onClick={() => onSort({ field: column.sort!, down: true })}>
                Sort descending
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          <Menu.Item
            leftSection={<IconArrowLeft size={15} aria-hidden />}
            disabled={at === 0}
            onClick={() => onShown(moved(shown, at, at - 1))}
          >
            Move left
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowRight size={15} aria-hidden />}
            disabled={at === shown.length - 1}
            onClick={() => onShown(moved(shown, at, at + 1))}
          >
            Move right
          </Menu.Item>
          <Menu.Item closeMenuOnClick={false} onClick={() => resize(width + 40)}>
            Wider
          </Menu.Item>
          <Menu.Item closeMenuOnClick={false} onClick={() => resize(width - 40)}>
            Narrower
          </Menu.Item>
          <Menu.Item
            leftSection={<IconEyeOff size={15} aria-hidden />}
            disabled={shown.length === 1}
            onClick={() => onShown(shown.toSpliced(at, 1))}
          >
            Hide
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <div className={classes.resize} aria-hidden onPointerDown={startResize} onDoubleClick={() => resize(column.width)} />
    </div>
  );
};
