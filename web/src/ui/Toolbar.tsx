import type { ReactNode } from 'react';
import classes from './Toolbar.module.css';

/** Controls above what they are about: they wrap, and on a phone stand in one line that scrolls sideways. */
export const Toolbar = ({ label, padding, children }: { label: string; padding?: string; children: ReactNode }) => (
  <div role="toolbar" aria-label={label} className={classes.toolbar} style={{ padding }}>
    {children}
  </div>
);

/** What stands behind it goes to the far end. */
Toolbar.Spring = () => <div className={classes.spring} />;
