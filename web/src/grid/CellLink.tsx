import type { ReactNode } from 'react';
import classes from './Grid.module.css';

/** A row's own address. A plain link: the table itself follows it ({@link Grid}), so that thousands of rows need no router each. */
export const CellLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <a href={to} tabIndex={-1} className={classes.link}>
    {children}
  </a>
);
