import { useEffect, useRef, useState } from 'react';
import type { Board } from '../api/types';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';

/** On a phone one column fills the screen; these lead to the others, and follow swiping. */
export const StageChips = ({ board }: { board: Board }) => {
  const format = useFormat();
  const row = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<number | null>(null);
  const columns = board.columns.filter(column => column.stage?.kind === 'open');
  const shape = columns.map(column => column.stage?.id).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns are other elements to watch.
  useEffect(() => {
    const watcher = new IntersectionObserver(
      entries => {
        for (const entry of entries) if (entry.isIntersecting) setCurrent(Number((entry.target as HTMLElement).dataset.stage));
      },
      { threshold: 0.6 },
    );
    for (const column of document.querySelectorAll('[data-stage]')) watcher.observe(column);
    return () => watcher.disconnect();
  }, [shape]);
  useEffect(() => {
    row.current?.querySelector(`[data-chip="${current}"]`)?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [current]);

  return (
    <div className={classes.stageChips} ref={row} role="group" aria-label="Stages">
      {columns.map(column => (
        <button
          key={column.stage!.id}
          type="button"
          data-chip={column.stage!.id}
          aria-pressed={current === column.stage!.id}
          onClick={() =>
            document.querySelector(`[data-stage="${column.stage!.id}"]`)?.scrollIntoView({ inline: 'center', block: 'nearest' })
          }
        >
          {column.stage!.name} <span className="tabular">{format.number(column.totals?.deals)}</span>
        </button>
      ))}
    </div>
  );
};
