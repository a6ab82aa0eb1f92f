import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { UserPicker } from '../pickers/pickers';
import { Empty, ErrorState, FilteredOut, LoadingRows } from '../ui/states';
import classes from './Contacts.module.css';
import { useListAddress } from './useListAddress';

export type Column<T> = { label: string; width: string; cell: (row: T) => ReactNode };
export type Rows<T> = {
  rows: T[];
  error: unknown;
  isLoading: boolean;
  hasMore: boolean;
  isFetching: boolean;
  more: () => void;
  retry: () => void;
};
type Props<T> = { what: string; columns: Column<T>[]; rows: Rows<T>; to: (row: T) => string; empty: ReactNode };

const orders = [
  { value: '-added_at', label: 'Newest first' },
  { value: 'name', label: 'By name' },
  { value: '-updated_at', label: 'Last changed' },
];

/** A list of any length: only the rows on the screen exist. */
export const ContactTable = <T extends { id: number }>({ what, columns, rows, to, empty }: Props<T>) => {
  const address = useListAddress();
  const scroller = useRef<HTMLDivElement>(null);
  const search = useDebouncedCallback((text: string) => address.set('q', text || null), 250);
  const virtual = useVirtualizer({
    count: rows.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 44,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasMore, isFetching, more } = rows;
  useEffect(() => {
    if (hasMore && !isFetching && last >= rows.rows.length - 20) more();
  }, [hasMore, isFetching, last, rows.rows.length, more]);
  const grid = { gridTemplateColumns: columns.map(column => column.width).join(' ') };
  const isNarrowed = address.text !== '' || address.owner !== null;

  return (
    <div className={classes.list}>
      <Group gap="xs">
        <TextInput
          size="xs"
          w={280}
          maw="100%"
          aria-label={`Search ${what}`}
          placeholder={`Search ${what}…`}
          leftSection={<IconSearch size={14} aria-hidden />}
          defaultValue={address.text}
          onChange={event => search(event.currentTarget.value)}
        />
        <UserPicker
          size="xs"
          aria-label="Owner"
          placeholder="Any owner"
          clearable
          clearButtonProps={{ 'aria-label': 'Any owner' }}
          value={address.owner}
          onChange={id => address.set('owner', id === null ? null : String(id))}
        />
        <Select
          size="xs"
          aria-label="Order"
          data={orders}
          value={address.sort}
          allowDeselect={false}
          onChange={value => address.set('sort', value)}
        />
      </Group>
      {rows.error ? (
        <ErrorState error={rows.error} onRetry={rows.retry} />
      ) : rows.isLoading ? (
        <LoadingRows />
      ) : rows.rows.length === 0 ? (
        isNarrowed ? (
          <FilteredOut what={what} onClear={address.clear} />
        ) : (
          <Empty title={`No ${what} yet`}>{empty}</Empty>
        )
      ) : (
        <div ref={scroller} className={classes.scroller} role="table" aria-label={what} aria-rowcount={hasMore ? -1 : rows.rows.length + 1}>
          {/* biome-ignore lint/a11y/useFocusableInteractive: a header is no control. */}
          <div className={classes.head} style={grid} role="row">
            {columns.map(column => (
              // biome-ignore lint/a11y/useFocusableInteractive: a header is no control.
              <span key={column.label} role="columnheader">
                {column.label}
              </span>
            ))}
          </div>
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map(item => {
              const row = rows.rows[item.index]!;
              return (
                // biome-ignore lint/a11y/useFocusableInteractive: the link in it is.
                <div
                  key={row.id}
                  role="row"
                  aria-rowindex={item.index + 2}
                  className={classes.row}
                  style={{ ...grid, transform: `translateY(${item.start}px)`, height: item.size }}
                >
                  {columns.map((column, index) => (
                    <span key={column.label} role="cell" className={classes.cell}>
                      {index === 0 ? (
                        <Link to={to(row)} className={classes.name}>
                          {column.cell(row)}
                        </Link>
                      ) : (
                        column.cell(row)
                      )}
                    </span>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
};
