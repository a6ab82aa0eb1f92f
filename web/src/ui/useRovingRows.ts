import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import { nextOf } from './useRoving';

const controls = 'a[href], button, input';
const inRow = (row: Element) => [...row.querySelectorAll<HTMLElement>(controls)];
const rowOf = (one: EventTarget) => (one as HTMLElement).closest<HTMLElement>('[data-row]');

/**
 * A list of rows with several controls each as one stop of the Tab key: up, down, Home and End go through the rows, left and right
 * through what stands in one. A row says its id as `data-row`, a control takes its `tabIndex` by its place in the row; `main` is the
 * place where one enters.
 */
export const useRovingRows = (ids: number[], main: number) => {
  const [reached, setReached] = useState<{ id: number; at: number }>();
  const entry = reached && ids.includes(reached.id) ? reached : { id: ids[0], at: main };
  return {
    tabIndex: (id: number, at: number) => (id === entry.id && at === entry.at ? 0 : -1),
    container: {
      onFocus: ({ target }: FocusEvent<HTMLElement>) => {
        const row = rowOf(target);
        if (row) setReached({ id: Number(row.dataset.row), at: inRow(row).indexOf(target) });
      },
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        const row = rowOf(event.target);
        if (!row) return;
        const at = inRow(row).indexOf(event.target as HTMLElement);
        const rows = [...event.currentTarget.querySelectorAll('[data-row]')];
        const aside = { ArrowLeft: at - 1, ArrowRight: at + 1 }[event.key];
        const next = nextOf(event.key, rows.indexOf(row), rows.length);
        if (aside === undefined && next === null) return;
        event.preventDefault();
        // The same control of the row above or below; a row with fewer has its last one.
        const there = aside === undefined ? inRow(rows[next!]!) : inRow(row);
        there[aside ?? Math.min(at, there.length - 1)]?.focus();
      },
    },
  };
};
