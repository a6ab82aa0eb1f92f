import type { MouseEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useIsPhone } from '../app/Shell';

/** Opens a deal beside the list; with Ctrl, or where there is no room, as a page. */
export const DealLink = ({ id, title }: { id: number; title: string }) => {
  const isPhone = useIsPhone();
  const [, setParams] = useSearchParams();
  const open = (event: MouseEvent) => {
    if (isPhone || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    setParams(now => {
      const next = new URLSearchParams(now);
      next.set('deal', String(id));
      return next;
    });
  };
  return (
    <Link to={`/deals/${id}`} onClick={open} tabIndex={-1} style={{ color: 'var(--t-text)', fontWeight: 550, textDecoration: 'none' }}>
      {title}
    </Link>
  );
};
