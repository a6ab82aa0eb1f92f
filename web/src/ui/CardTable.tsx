import { Table } from '@mantine/core';
import type { CSSProperties, ReactNode } from 'react';
import classes from './CardTable.module.css';

/** What a column is called; the last one may be called nothing and hold what can be done with a row. */
type Props = {
  label: string;
  head: string[];
  children: ReactNode /** Columns of figures, which end where their cells do. */;
  figures?: string[];
};

/** A table that on a phone is a list of cards, so that nothing stands beyond its edge. Children are `Table.Tr`. */
export const CardTable = ({ label, head, children, figures = [] }: Props) => {
  const names = Object.fromEntries(head.map((name, at) => [`--head-${at + 1}`, JSON.stringify(name)]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a narrow window must scroll by keys too.
    <div className={classes.frame} role="group" aria-label={label} tabIndex={0}>
      <Table
        verticalSpacing="xs"
        aria-label={label}
        className={classes.table}
        data-actions={head.at(-1) === '' || undefined}
        style={names as CSSProperties}
      >
        <Table.Thead>
          <Table.Tr>
            {head.map(name => (
              <Table.Th key={name || 'actions'} ta={figures.includes(name) ? 'end' : undefined}>
                {name || <span className="visually-hidden">Actions</span>}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </div>
  );
};
