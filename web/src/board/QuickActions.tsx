import { IconCalendarPlus, IconThumbDown, IconTrophy, type TablerIcon } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import classes from './Board.module.css';
import type { Act } from './useActs';

/** What is done most with one card, under the pointer; the keys W, X and A do the same, so Tab does not stop here. */
export const QuickActions = ({ id, act }: { id: number; act: Act }) => {
  const actions: [label: string, icon: TablerIcon, run: () => void][] = [
    ['Plan an activity', IconCalendarPlus, () => act.plan(id)],
    ['Won', IconTrophy, () => act.win([id])],
    ['Lost', IconThumbDown, () => act.lose([id])],
  ];
  const press = (run: () => void) => (event: MouseEvent) => {
    event.stopPropagation();
    run();
  };
  return (
    <span className={classes.quick}>
      {actions.map(([label, Icon, run]) => (
        <button key={label} type="button" tabIndex={-1} aria-label={label} title={label} onClick={press(run)}>
          <Icon size={15} aria-hidden />
        </button>
      ))}
    </span>
  );
};
