import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { usePreferences } from '../app/preferences';
import type { Column, Shown } from './column';
import classes from './Grid.module.css';
import { GridHead, type Sort } from './GridHead';
import { canEdit, GridRow, type RowActions } from './GridRow';
import { step } from './keys';
import { itemAt, type Layout, type Section } from './sections';

export type Selecting<Row> = {
  has: (row: Row) => boolean;
  toggle: (row: Row, on: boolean) => void;
  all: boolean | 'some';
  onAll: () => void;
};

type Props<Row extends { id: number }> = {
  label: string;
  columns: Column<Row>[];
  shown: Shown[];
  onShown: (shown: Shown[]) => void;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
  layout: Layout;
  onToggle?: (section: Section) => void;
  row: (section: Section, at: number) => Row | undefined;
  /** Told which items are in sight, so that they can be loaded. */
  onSight: (first: number, last: number) => void;
  nameOf: (row: Row) => string;
  onSave?: (row: Row, patch: Record<string, unknown>) => void;
  onOpen?: (row: Row) => void;
  /** A row's link was pressed; without this, the address is gone to. */
  onFollow?: (address: string) => void;
  select?: Selecting<Row>;
  children?: ReactNode;
};

const checkWidth = 40;
const sightStep = 40;
const overscan = 6;

type Actions<Row> = RowActions<Row> & Pick<Props<Row & { id: number }>, 'onShown' | 'onSort'> & { onCheck: () => void };

/**
 * A table of any length: only what is in sight is in the document. One cell is the active one: arrows move it, Enter edits it
 * (or opens the row where there is nothing to edit), Tab saves and edits the next, Space selects.
 */
export const Grid = <Row extends { id: number }>(props: Props<Row>) => {
  const { columns, shown, layout, row, onSight, select, onSave, onOpen } = props;
  const name = useId();
  const navigate = useNavigate();
  const scroll = useRef<HTMLDivElement>(null);
  const size = useElementSize();
  const grid = useMergedRef(scroll, size.ref);
  const rowHeight = usePreferences().density === 'compact' ? 34 : 42;
  const [active, setActive] = useState({ index: 0, column: 0 });
  const [editing, setEditing] = useState<{ id: number; column: string } | null>(null);
  const [isShown, setIsShown] = useState(false);

  const virtual = useVirtualizer({
    count: layout.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: 38,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows changed their height.
  useEffect(() => virtual.measure(), [rowHeight]);
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  // Told in steps: what is loaded comes by hundreds, and each word of it draws the screen again.
  const [from, to] = [Math.floor(first / sightStep) * sightStep, Math.ceil((last + 1) / sightStep) * sightStep];
  useEffect(() => onSight(from, Math.min(to, Math.max(layout.length - 1, 0))), [from, to, layout.length, onSight]);

  // Rows that left on one side come back on the other: their elements are kept, and only what they say changes.
  const pool = Math.ceil(size.height / rowHeight) + 1 + 2 * overscan;

  const width = shown.reduce((sum, one) => sum + one.width, select ? checkWidth : 0);
  const used = useMemo(() => shown.map(one => columns.find(column => column.id === one.id)!), [shown, columns]);
  const columnOf = (id: string) => columns.find(column => column.id === id)!;
  const rowAt = (index: number) => {
    const item = itemAt(layout, index);
    return item?.kind === 'row' ? row(item.section, item.at) : undefined;
  };

  const go = (index: number, column: number) => {
    const next = { index: Math.max(0, Math.min(layout.length - 1, index)), column: Math.max(0, Math.min(shown.length - 1, column)) };
    setActive(next);
    setIsShown(true);
    virtual.scrollToIndex(next.index);
    // The frozen column covers what scrolls under it, so the browser's own "scroll into view" would hide the cell.
    const box = scroll.current;
    if (!box || next.column === 0) return;
    const start = shown.slice(1, next.column).reduce((sum, one) => sum + one.width, 0);
    const room = box.clientWidth - shown[0]!.width - (select ? checkWidth : 0);
    const wide = shown[next.column]!.width;
    if (start < Math.abs(box.scrollLeft)) box.scrollLeft = start;
    else if (start + wide > box.scrollLeft + room) box.scrollLeft = start + wide - room;
  };

  const edit = (of: Row | undefined, at: number, step: 1 | -1 = 1): boolean => {
    for (let column = at; of && column >= 0 && column < shown.length; column += step) {
      if (!canEdit(columnOf(shown[column]!.id), of, onSave !== undefined)) continue;
      go(active.index, column);
      setEditing({ id: of.id, column: shown[column]!.id });
      return true;
    }
    return false;
  };

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || editing) return;
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 400) / rowHeight) - 2);
    const mod = event.ctrlKey || event.metaKey;
    const to = step(event.key, mod, active, { index: layout.length - 1, column: shown.length - 1, page });
    const item = itemAt(layout, active.index);
    const of = rowAt(active.index);
    if (to) go(to.index, to.column);
    else if ((event.key === ' ' || event.key === 'Enter') && item?.kind === 'heading') props.onToggle?.(item.section);
    else if (event.key === ' ' && !mod && of && select) select.toggle(of, !select.has(of));
    else if (event.key === 'Enter' && of && (mod || !canEdit(columnOf(shown[active.column]!.id), of, onSave !== undefined))) onOpen?.(of);
    else if (event.key === 'Enter' && of) edit(of, active.column);
    else return;
    event.preventDefault();
  };

  const finish = (of: Row, patch: Record<string, unknown> | null, next: 'stay' | 'next' | 'previous') => {
    if (patch) onSave?.(of, patch);
    setEditing(null);
    const at = shown.findIndex(one => one.id === editing?.column);
    if (next === 'stay' || !edit(of, at + (next === 'next' ? 1 : -1), next === 'next' ? 1 : -1))
      scroll.current?.focus({ preventScroll: true });
  };

  const latest = useRef<Actions<Row>>(null as never);
  latest.current = {
    activate: (index, column) => {
      setActive({ index, column });
      setIsShown(true);
    },
    edit: (of, index, column) => {
      setActive({ index, column });
      setEditing({ id: of.id, column: shown[column]!.id });
    },
    toggle: (of, on) => select?.toggle(of, on),
    finish,
    onShown: props.onShown,
    onSort: props.onSort,
    onCheck: () => select?.onAll(),
  };
  const [actions] = useState<Actions<Row>>(() => ({
    activate: (...given) => latest.current.activate(...given),
    edit: (...given) => latest.current.edit(...given),
    toggle: (...given) => latest.current.toggle(...given),
    finish: (...given) => latest.current.finish(...given),
    onShown: next => latest.current.onShown(next),
    onSort: next => latest.current.onSort(next),
    onCheck: () => latest.current.onCheck(),
  }));

  // Links in cells are plain ones; a plain press on one stays in the app.
  const follow = (event: MouseEvent) => {
    const link = (event.target as Element).closest('a');
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    const address = link.getAttribute('href');
    if (!address?.startsWith('/')) return;
    event.preventDefault();
    (props.onFollow ?? navigate)(address);
  };

  return (
    <div
      ref={grid}
      onClick={follow}
      className={classes.grid}
      role={layout.sections.some(section => section.heading) ? 'treegrid' : 'grid'}
      aria-label={props.label}
      aria-rowcount={layout.length + 1}
      aria-colcount={shown.length}
      aria-multiselectable={select ? true : undefined}
      aria-activedescendant={isShown ? `${name}-${active.index}-${active.column}` : undefined}
      tabIndex={0}
      onKeyDown={press}
      onFocus={() => setIsShown(true)}
      style={{ '--row': `${rowHeight}px`, '--seen': `${size.width}px` } as React.CSSProperties}
    >
      <div style={{ width, minWidth: '100%' }}>
        <GridHead
          columns={columns as never}
          shown={shown}
          onShown={actions.onShown}
          sort={props.sort}
          onSort={actions.onSort}
          checked={select?.all}
          onCheck={select ? actions.onCheck : undefined}
          checkWidth={checkWidth}
        />
        <div className={classes.body} role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(({ index, start }) => {
            const item = itemAt(layout, index);
            const place = { top: start - 38, width, minWidth: '100%' };
            if (!item) return null;
            if (item.kind === 'heading') {
              const isClosed = layout.closed.has(item.section.key);
              const Chevron = isClosed ? IconChevronRight : IconChevronDown;
              return (
                <div
                  key={`h${item.section.key}`}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-expanded={!isClosed}
                  className={classes.heading}
                  style={place}
                >
                  <div
                    role="gridcell"
                    id={`${name}-${index}-0`}
                    aria-colspan={shown.length}
                    className={classes.headingCell}
                    data-active={(isShown && active.index === index) || undefined}
                    onClick={() => props.onToggle?.(item.section)}
                  >
                    <Chevron size={16} aria-hidden style={{ flex: 'none' }} />
                    {item.section.heading}
                  </div>
                </div>
              );
            }
            const of = row(item.section, item.at);
            return (
              <GridRow
                key={index % Math.max(pool, items.length)}
                name={name}
                index={index}
                start={start - 38}
                width={width}
                row={of}
                label={of ? props.nameOf(of) : ''}
                used={used}
                shown={shown}
                selected={select ? Boolean(of && select.has(of)) : undefined}
                checkWidth={checkWidth}
                canSave={onSave !== undefined}
                activeColumn={isShown && active.index === index ? active.column : -1}
                editing={of && editing?.id === of.id && active.index === index ? editing.column : null}
                actions={actions}
              />
            );
          })}
        </div>
      </div>
      {props.children}
    </div>
  );
};
