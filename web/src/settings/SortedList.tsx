import { ActionIcon, Stack } from '@mantine/core';
import { IconGripVertical, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useSortable } from '../ui/sortable';
import classes from './Settings.module.css';

type Named = { id: number; name: string };
type Props<T extends Named> = {
  kind: string;
  rows: T[];
  disabled: boolean;
  onSort: (ids: number[]) => Promise<unknown>;
  onDelete: (row: T) => void;
  children: (row: T) => ReactNode;
};

/** Rows in an order that is dragged, or moved by the arrow keys. */
export const SortedList = <T extends Named>({ kind, rows, disabled, onSort, onDelete, children }: Props<T>) => {
  const [order, setOrder] = useState<number[] | null>(null);
  const ids = order ?? rows.map(row => row.id);
  const sort = async (next: number[]) => {
    setOrder(next);
    await onSort(next);
    setOrder(null);
  };
  return (
    <Stack gap={6} maw={720}>
      {ids.map(id => {
        const row = rows.find(one => one.id === id);
        return (
          row && (
            <Item
              key={id}
              kind={kind}
              row={row}
              ids={ids}
              disabled={disabled}
              onSort={next => void sort(next)}
              onDelete={() => onDelete(row)}
            >
              {children(row)}
            </Item>
          )
        );
      })}
    </Stack>
  );
};

type ItemProps = {
  kind: string;
  row: Named;
  ids: number[];
  disabled: boolean;
  onSort: (ids: number[]) => void;
  onDelete: () => void;
  children: ReactNode;
};

const Item = ({ kind, row, ids, disabled, onSort, onDelete, children }: ItemProps) => {
  const sorting = useSortable<HTMLDivElement, HTMLButtonElement>({ kind, id: row.id, ids, isLying: false, onSort, name: row.name });
  return (
    <div ref={sorting.frame} className={classes.item} data-over={sorting.isOver || undefined} data-dragged={sorting.isDragged || undefined}>
      <button
        ref={sorting.handle}
        type="button"
        disabled={disabled}
        className={classes.handle}
        aria-label={`Move ${row.name}`}
        onKeyDown={sorting.onKeyDown}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
      <div className={classes.itemFields}>{children}</div>
      <ActionIcon variant="subtle" color="gray" disabled={disabled} aria-label={`Delete ${row.name}`} onClick={onDelete}>
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
};
