import type { ReactNode } from 'react';
import { CardTable } from '../ui/CardTable';
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
    <CardTable label={label} head={head}>
      {shown.map(children)}
    </CardTable>
  );
};
