import { memo } from 'react';
import { CellEditor } from './CellEditor';
import type { Column, Shown } from './column';
import classes from './Grid.module.css';

/** What rows tell their grid. It never changes, so that a row is drawn again only when something in it did. */
export type RowActions<Row> = {
  activate: (index: number, column: number) => void;
  edit: (row: Row, index: number, column: number) => void;
  toggle: (row: Row, on: boolean) => void;
  finish: (row: Row, patch: Record<string, unknown> | null, next: 'stay' | 'next' | 'previous') => void;
};

type Props<Row> = {
  name: string;
  index: number;
  start: number;
  width: number;
  row: Row | undefined;
  label: string;
  columns: Column<Row>[];
  shown: Shown[];
  /** None where rows cannot be selected. */
  selected: boolean | undefined;
  checkWidth: number;
  canSave: boolean;
  activeColumn: number;
  editing: string | null;
  actions: RowActions<Row>;
};

/** Whether a cell can be changed here. */
export const canEdit = <Row,>(column: Column<Row> | undefined, row: Row, canSave: boolean) =>
  Boolean(canSave && column?.edit && (column.editable?.(row) ?? true));

const Plain = <Row extends { id: number }>(props: Props<Row>) => {
  const { name, index, row, shown, columns, selected, checkWidth, actions } = props;
  const isSelectable = selected !== undefined;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.row}
      style={{ transform: `translateY(${props.start}px)`, width: props.width, minWidth: '100%' }}
    >
      {isSelectable && (
        <div
          role="gridcell"
          className={`${classes.cell} ${classes.frozen} ${classes.check}`}
          style={{ width: checkWidth, insetInlineStart: 0 }}
        >
          {row && (
            <input
              type="checkbox"
              className={classes.box}
              tabIndex={-1}
              aria-label={`Select ${props.label}`}
              checked={selected}
              onChange={event => actions.toggle(row, event.currentTarget.checked)}
            />
          )}
        </div>
      )}
      {shown.map((one, at) => {
        const column = columns.find(other => other.id === one.id)!;
        const editable = row !== undefined && canEdit(column, row, props.canSave);
        return (
          <div
            key={one.id}
            role="gridcell"
            id={`${name}-${index}-${at}`}
            aria-colindex={at + 1}
            aria-readonly={row && !editable ? true : undefined}
            className={`${classes.cell} ${at === 0 ? `${classes.frozen} ${classes.edge}` : ''}`}
            style={{ width: one.width, ...(at === 0 ? { insetInlineStart: isSelectable ? checkWidth : 0 } : {}) }}
            data-align={column.align}
            data-active={props.activeColumn === at || undefined}
            data-editable={editable || undefined}
            onClick={() => actions.activate(index, at)}
            onDoubleClick={() => {
              if (editable) actions.edit(row, index, at);
            }}
          >
            {!row ? (
              <span className={classes.waiting} />
            ) : props.editing === one.id ? (
              <CellEditor row={row} column={column} onDone={(patch, next) => actions.finish(row, patch, next)} />
            ) : (
              <span className={classes.text}>{column.render(row)}</span>
            )}
          </div>
        );
      })}
    </div>
  );
};

export const GridRow = memo(Plain) as typeof Plain;
