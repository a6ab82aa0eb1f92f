import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { Column, Shown } from './column';
import { canEdit } from './GridRow';
import { step } from './keys';
import { itemAt, type Layout, type Section } from './sections';

type Given<Row> = {
  columns: Column<Row>[];
  shown: Shown[];
  layout: Layout;
  row: (section: Section, at: number) => Row | undefined;
  onSave: ((row: Row, patch: Record<string, unknown>) => void) | undefined;
  onOpen: ((row: Row) => void) | undefined;
  onToggle: ((section: Section) => void) | undefined;
  select: { has: (row: Row) => boolean; toggle: (row: Row, on: boolean) => void } | undefined;
  scroll: RefObject<HTMLDivElement | null>;
  scrollToRow: (index: number) => void;
  rowHeight: number;
  checkWidth: number;
};

/** The cell that arrows move: where it is, whether it is being edited, and what keys do to it. */
export const useActiveCell = <Row extends { id: number }>(given: Given<Row>) => {
  const { shown, layout, row, onSave, onOpen, select, scroll } = given;
  const [active, setActive] = useState({ index: 0, column: 0 });
  const [editing, setEditing] = useState<{ id: number; column: string } | null>(null);
  const [isShown, setIsShown] = useState(false);

  const columnOf = (id: string) => given.columns.find(column => column.id === id)!;
  const rowAt = (index: number) => {
    const item = itemAt(layout, index);
    return item?.kind === 'row' ? row(item.section, item.at) : undefined;
  };

  const go = (index: number, column: number) => {
    const next = { index: Math.max(0, Math.min(layout.length - 1, index)), column: Math.max(0, Math.min(shown.length - 1, column)) };
    setActive(next);
    setIsShown(true);
    given.scrollToRow(next.index);
    // The frozen column covers what scrolls under it, so the browser's own "scroll into view" would hide the cell.
    const box = scroll.current;
    if (!box || next.column === 0) return;
    const start = shown.slice(1, next.column).reduce((sum, one) => sum + one.width, 0);
    const room = box.clientWidth - shown[0]!.width - (select ? given.checkWidth : 0);
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
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 400) / given.rowHeight) - 2);
    const mod = event.ctrlKey || event.metaKey;
    const to = step(event.key, mod, active, { index: layout.length - 1, column: shown.length - 1, page });
    const item = itemAt(layout, active.index);
    const of = rowAt(active.index);
    if (to) go(to.index, to.column);
    else if ((event.key === ' ' || event.key === 'Enter') && item?.kind === 'heading') given.onToggle?.(item.section);
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

  return {
    active,
    editing,
    isShown,
    show: () => setIsShown(true),
    press,
    finish,
    activate: (index: number, column: number) => {
      setActive({ index, column });
      setIsShown(true);
    },
    editAt: (of: Row, index: number, column: number) => {
      setActive({ index, column });
      setEditing({ id: of.id, column: shown[column]!.id });
    },
  };
};
