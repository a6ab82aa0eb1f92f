import { type KeyboardEvent, useRef, useState } from 'react';
import type { Column, EditorValue } from './column';
import classes from './Grid.module.css';
import { ValueInput } from './ValueInput';

type Props<Row> = {
  row: Row;
  column: Column<Row>;
  /** Saves when there is something to save, and goes on: to the next cell with Tab, back to the row with Enter. */
  onDone: (patch: Record<string, unknown> | null, go: 'stay' | 'next' | 'previous') => void;
};

/** Stands in a cell while it is edited. Enter saves, Tab saves and goes on, Escape leaves all as it was. */
export const CellEditor = <Row,>({ row, column, onDone }: Props<Row>) => {
  const editor = column.edit!;
  const [first] = useState<EditorValue>(() => editor.read(row));
  const [value, setValue] = useState<EditorValue>(first);
  const isOver = useRef(false);

  const done = (next: EditorValue, go: 'stay' | 'next' | 'previous') => {
    if (isOver.current) return;
    isOver.current = true;
    const same = JSON.stringify(next) === JSON.stringify(first);
    onDone(same || (editor.required && next === null) ? null : editor.patch(next), go);
  };

  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    const listOpen = event.target instanceof HTMLElement && event.target.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Escape') {
      isOver.current = true;
      onDone(null, 'stay');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      done(value, event.shiftKey ? 'previous' : 'next');
    } else if (event.key === 'Enter' && (!listOpen || editor.kind === 'text' || editor.kind === 'number')) {
      event.preventDefault();
      done(value, 'stay');
    }
  };

  return (
    <div
      className={classes.editor}
      onKeyDown={press}
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget) && document.hasFocus()) setTimeout(() => done(value, 'stay'), 120);
      }}
    >
      <ValueInput
        editor={editor as never}
        options={'options' in editor ? editor.options(row) : undefined}
        value={value}
        onChange={setValue}
        onPick={next => {
          setValue(next);
          done(next, 'stay');
        }}
        autoFocus
        aria-label={column.label}
      />
    </div>
  );
};
