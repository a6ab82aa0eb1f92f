import type { ReactNode } from 'react';
import { CardTable } from '../ui/CardTable';
import { Empty, ErrorState, FilteredOut, LoadingRows } from '../ui/states';

type Query<T> = { data?: { data: T[] }; error: unknown; isLoading: boolean; refetch: () => unknown };
type Props<T> = {
  label: string;
  query: Query<T>;
  head: string[];
  empty: ReactNode;
  /** What is said when there is none; "No goals yet" of what is called "Goals". */
  none?: string;
  /** The way back, when something narrows what is shown. */
  onClear?: () => void;
  rows?: T[];
  children: (row: T) => ReactNode;
};

/** "Goals" within a sentence; "API keys" as it is. */
const small = (label: string) => (/^[A-Z]{2}/.test(label) ? label : label[0]?.toLowerCase() + label.slice(1));

/** A table of settings with its states: on its way, broken, empty, there. Rows are `Table.Tr`. */
export const Rows = <T,>({ label, query, head, empty, none, onClear, rows, children }: Props<T>) => {
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isLoading || !query.data) return <LoadingRows rows={4} />;
  const shown = rows ?? query.data.data;
  if (shown.length === 0 && onClear) return <FilteredOut what={small(label)} onClear={onClear} />;
  if (shown.length === 0) return <Empty title={none ?? `No ${small(label)} yet`}>{empty}</Empty>;
  return (
    <CardTable label={label} head={head}>
      {shown.map(children)}
    </CardTable>
  );
};
