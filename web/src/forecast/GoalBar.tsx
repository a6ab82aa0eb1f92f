import { Tooltip } from '@mantine/core';
import { type Aim, originOf } from '../scope/goals';
import { useFormat } from '../ui/useFormat';
import classes from './Forecast.module.css';

type Props = { won: number; weighted: number; goal: Aim | null; currency: string };

/** Won and open weighted, one after the other, against the goal, which is the mark. */
export const GoalBar = ({ won, weighted, goal, currency }: Props) => {
  const format = useFormat();
  const whole = Math.max(goal?.value ?? 0, won + weighted);
  const share = (part: number) => `${whole > 0 ? Math.max(0, (100 * part) / whole) : 0}%`;
  const money = (value: number) => format.money(Math.round(value), currency, true);
  const reached = goal ? ` of ${money(goal.value)} (${format.percent((100 * (won + weighted)) / goal.value)}), ${originOf(goal)}` : '';
  const text = `Won ${money(won)} + open weighted ${money(weighted)}${reached}`;
  return (
    <Tooltip label={text}>
      <div className={classes.goal} role="img" aria-label={text}>
        <span style={{ width: share(won), background: 'var(--t-today-fill)' }} />
        <span style={{ width: share(weighted), background: 'var(--t-weighted)' }} />
        {goal && goal.value < whole && <i style={{ insetInlineStart: share(goal.value) }} />}
      </div>
    </Tooltip>
  );
};
