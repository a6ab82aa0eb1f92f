import { Checkbox } from '@mantine/core';
import { memo } from 'react';
import type { Column, Shown } from './column';
import classes from './Grid.module.css';
import { HeadCell } from './HeadCell';

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
