import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';
import { type Chip, chipNames } from './chips';
import type { BoardView } from './useBoardView';
import { useChipCounts } from './useChipCounts';

/** What is asked for most, and how many deals each would show. */
export const QuickChips = ({ view }: { view: BoardView }) => {
  const counts = useChipCounts(view);
  const format = useFormat();
  return (
    <div className={classes.chips} role="group" aria-label="Show only">
      {(Object.keys(chipNames) as Chip[])
        .filter(chip => chip !== 'planned' || view.chip === chip)
        .map(chip => (
          <button
            key={chip}
            type="button"
            className={classes.chip}
            data-chip-kind={chip}
            aria-pressed={view.chip === chip}
            onClick={() => view.setChip(view.chip === chip ? null : chip)}
          >
            {chipNames[chip]}
            <span className="tabular">{counts[chip] === undefined ? '…' : format.number(counts[chip])}</span>
          </button>
        ))}
    </div>
  );
};
