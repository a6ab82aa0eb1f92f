import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useDeferredValue, useEffect, useId, useMemo, useRef } from 'react';
import { useNavigate } from 'react-router';
import { usePreferences } from '../app/preferences';
import classes from './Grid.module.css';
import { GridHead } from './GridHead';
import { GridRow } from './GridRow';
import type { GridProps } from './gridProps';
import { SectionHeading } from './SectionHeading';
import { itemAt } from './sections';
import { useActiveCell } from './useActiveCell';
import { useGridActions } from './useGridActions';

export type { Selecting } from './gridProps';

const checkWidth = 40;
const sightStep = 40;
const overscan = 6;

/**
 * A table of any length: only what is in sight is in the document. One cell is the active one: arrows move it, Enter edits it
 * (or opens the row where there is nothing to edit), Tab saves and edits the next, Space selects.
 */
export const Grid = <Row extends { id: number }>(props: GridProps<Row>) => {
  const { columns, shown, layout, row, onSight, select, onSave, onOpen } = props;
  const name = useId();
  const navigate = useNavigate();
  const scroll = useRef<HTMLDivElement>(null);
  const size = useElementSize();
  const grid = useMergedRef(scroll, size.ref);
  const rowHeight = usePreferences().density === 'compact' ? 34 : 42;
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
  // Rows come a moment after the frame around them, in pieces that keep the screen answering.
  const items = useDeferredValue(true, false) ? virtual.getVirtualItems() : [];
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  // Told in steps: what is loaded comes by hundreds, and each word of it draws the screen again.
  const [from, to] = [Math.floor(first / sightStep) * sightStep, Math.ceil((last + 1) / sightStep) * sightStep];
  useEffect(() => onSight(from, Math.min(to, Math.max(layout.length - 1, 0))), [from, to, layout.length, onSight]);

  // Rows that left on one side come back on the other: their elements are kept, and only what they say changes.
  const pool = Math.ceil(size.height / rowHeight) + 1 + 2 * overscan;

  const width = shown.reduce((sum, one) => sum + one.width, select ? checkWidth : 0);
  const used = useMemo(() => shown.map(one => columns.find(column => column.id === one.id)!), [shown, columns]);
  const cell = useActiveCell({
    columns,
    shown,
    layout,
    row,
    onSave,
    onOpen,
    onToggle: props.onToggle,
    select,
    scroll,
    scrollToRow: index => virtual.scrollToIndex(index),
    rowHeight,
    checkWidth,
  });
  const { active, editing, isShown } = cell;

  const actions = useGridActions<Row>({
    activate: cell.activate,
    edit: cell.editAt,
    toggle: (of, on) => select?.toggle(of, on),
    finish: cell.finish,
    onShown: props.onShown,
    onSort: props.onSort,
    onCheck: () => select?.onAll(),
  });

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
      onKeyDown={cell.press}
      onFocus={cell.show}
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
              return (
                <SectionHeading
                  key={`h${item.section.key}`}
                  section={item.section}
                  index={index}
                  name={name}
                  colSpan={shown.length}
                  isClosed={layout.closed.has(item.section.key)}
                  isActive={isShown && active.index === index}
                  place={place}
                  onToggle={() => props.onToggle?.(item.section)}
                />
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
