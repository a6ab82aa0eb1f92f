import { ScrollArea, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Empty, ErrorState, LoadingRows } from '../ui/states';

type Query<T> = { data?: { data: T[] }; error: unknown; isLoading: boolean; refetch: () => unknown };
type Props<T> = {
  label: string;
  query: Query<T>;
  head: string[];
  empty: ReactNode;
  rows?: T[];
  children: (row: T) => ReactNode;
};

/** A table of settings with its states: on its way, broken, empty, there. Rows are `Table.Tr`. */
export const Rows = <T,>({ label, query, head, empty, rows, children }: Props<T>) => {
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isLoading || !query.data) return <LoadingRows rows={4} />;
  const shown = rows ?? query.data.data;
  if (shown.length === 0) return <Empty title={label}>{empty}</Empty>;
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': label }}>
      <Table verticalSpacing="xs" aria-label={label} style={{ background: 'var(--t-surface)', borderRadius: 10 }}>
        <Table.Thead>
          <Table.Tr>
            {head.map(name => (
              <Table.Th key={name || 'actions'} style={{ whiteSpace: 'nowrap' }}>
                {name || <span className="visually-hidden">Actions</span>}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{shown.map(children)}</Table.Tbody>
      </Table>
    </ScrollArea>
  );
};
