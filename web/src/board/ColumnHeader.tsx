import { ActionIcon, Stack, Text, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { memo } from 'react';
import type { BoardColumn } from '../api/types';
import { Explained } from '../ui/Explained';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';
import { ColumnMenu } from './ColumnMenu';
import type { Chip } from './chips';
import type { BoardView } from './useBoardView';

type Props = {
  column: BoardColumn;
  view: BoardView;
  isCollapsed: boolean;
  onCollapse: (next: boolean) => void;
  onAdd: () => void;
  onSelectAll: () => void;
};

/** What a stage holds in all, whatever of it is shown. */
export const ColumnHeader = memo(({ column, view, isCollapsed, onCollapse, onAdd, onSelectAll }: Props) => {
  const format = useFormat();
  const stage = column.stage!;
  const totals = column.totals!;
  const money = (value: number) => format.money(Math.round(value), totals.converted_to, true);
  const shown = column.cards.length < totals.deals ? `${format.number(column.cards.length)} of ${format.number(totals.deals)} shown` : null;

  if (isCollapsed) {
    return (
      <button
        type="button"
        className={classes.folded}
        onClick={() => onCollapse(false)}
        aria-expanded={false}
        aria-label={`Unfold ${stage.name}`}
      >
        <span className={classes.stageName}>{stage.name}</span>
        <span className="tabular">{format.number(totals.deals)}</span>
        <span className="tabular">{money(totals.value)}</span>
      </button>
    );
  }
  return (
    <header className={classes.header}>
      <div className={classes.headline}>
        <h2 className={classes.stageName} title={stage.name}>
          {stage.name}
        </h2>
        <span className={classes.probability}>{format.percent(stage.probability)}</span>
        <ActionIcon
          size={26}
          variant="subtle"
          color="gray"
          className={classes.add}
          aria-label={`Add a deal to ${stage.name}`}
          onClick={onAdd}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
        <ColumnMenu column={column} view={view} onCollapse={() => onCollapse(true)} onSelectAll={onSelectAll} />
      </div>
      <Explained tip={<Parts column={column} />} position="bottom-start" className={`${classes.sums} tabular`}>
        <span>
          {format.number(totals.deals)} {totals.deals === 1 ? 'deal' : 'deals'}
        </span>
        <strong>{money(totals.value)}</strong>
        <span>
          <span className="visually-hidden">weighted </span>
          {money(totals.weighted_value)}
        </span>
      </Explained>
      <StateBar column={column} view={view} />
      {shown && <span className={classes.shown}>{shown}</span>}
    </header>
  );
});

/** The sums by currency, and what could not be converted. */
const Parts = ({ column }: { column: BoardColumn }) => {
  const format = useFormat();
  const totals = column.totals!;
  return (
    <Stack gap={2}>
      {totals.currencies.map(part => (
        <Text key={part.currency} size="xs">
          {format.money(part.value, part.currency)} · weighted {format.money(Math.round(part.weighted_value), part.currency)}
        </Text>
      ))}
      <Text size="xs">
        {totals.not_converted.length > 0
          ? `Without a rate, so not in the sum: ${totals.not_converted.join(', ')}`
          : `Converted to ${totals.converted_to} at the rates of ${format.day(format.today())}`}
      </Text>
    </Stack>
  );
};

const states = [
  { key: 'overdue', label: 'overdue', chip: 'overdue' },
  { key: 'today', label: 'due today', chip: 'today' },
  { key: 'planned', label: 'planned', chip: 'planned' },
  { key: 'none', label: 'without activity', chip: 'none' },
] as const;

/** How much of the stage waits for somebody; a part filters the board by it. */
const StateBar = ({ column, view }: { column: BoardColumn; view: BoardView }) => {
  const total = column.totals?.deals ?? 0;
  const counts = column.activities;
  if (!counts || total === 0) return <div className={classes.bar} aria-hidden />;
  return (
    <div className={classes.bar}>
      {states
        .filter(state => counts[state.key] > 0)
        .map(state => {
          const label = `${counts[state.key]} ${state.label}`;
          const style = { flexGrow: counts[state.key], background: `var(--t-${state.key}-fill)` };
          const chip: Chip = state.chip;
          return (
            <Tooltip key={state.key} label={label}>
              <button
                type="button"
                style={style}
                aria-label={`${label}: show only these`}
                aria-pressed={view.chip === chip}
                onClick={() => view.setChip(view.chip === chip ? null : chip)}
              />
            </Tooltip>
          );
        })}
    </div>
  );
};
