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
  /** The columns of what is shown, in its order. */
  used: Column<Row>[];
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
  const { name, index, row, shown, used, selected, checkWidth, actions } = props;
  const isSelectable = selected !== undefined;
  const cell = (one: Shown, at: number) => {
    const column = used[at]!;
    const editable = row !== undefined && canEdit(column, row, props.canSave);
    return (
      <div
        key={one.id}
        role="gridcell"
        id={`${name}-${index}-${at}`}
        aria-colindex={at + 1}
        aria-readonly={row && !editable ? true : undefined}
        dir="auto"
        className={classes.cell}
        style={{ width: one.width }}
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
          column.render(row)
        )}
      </div>
    );
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.row}
      style={{ top: props.start, width: props.width, minWidth: '100%' }}
    >
      {/* One thing that stays while the others scroll is cheaper than two. */}
      <div className={`${classes.frozen} ${classes.edge}`} role="presentation">
        {isSelectable && (
          <div role="gridcell" className={`${classes.cell} ${classes.check}`} style={{ width: checkWidth }}>
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
        {shown[0] && cell(shown[0], 0)}
      </div>
      {shown.slice(1).map((one, at) => cell(one, at + 1))}
    </div>
  );
};

export const GridRow = memo(Plain) as typeof Plain;
