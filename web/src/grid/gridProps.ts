import type { ReactNode } from 'react';
import type { Column, Shown } from './column';
import type { Sort } from './GridHead';
import type { Layout, Section } from './sections';

export type Selecting<Row> = {
  has: (row: Row) => boolean;
  toggle: (row: Row, on: boolean) => void;
  all: boolean | 'some';
  onAll: () => void;
};

/** What a screen tells its table. */
export type GridProps<Row extends { id: number }> = {
  label: string;
  columns: Column<Row>[];
  shown: Shown[];
  onShown: (shown: Shown[]) => void;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
  layout: Layout;
  onToggle?: (section: Section) => void;
  row: (section: Section, at: number) => Row | undefined;
  /** Told which items are in sight, so that they can be loaded. */
  onSight: (first: number, last: number) => void;
  nameOf: (row: Row) => string;
  onSave?: (row: Row, patch: Record<string, unknown>) => void;
  onOpen?: (row: Row) => void;
  /** A row's link was pressed; without this, the address is gone to. */
  onFollow?: (address: string) => void;
  select?: Selecting<Row>;
  children?: ReactNode;
};
