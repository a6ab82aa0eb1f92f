import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Button, Text } from '@mantine/core';
import { IconArrowsExchange, IconThumbDown, IconTrash, IconTrophy, IconX, type TablerIcon } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import classes from './Board.module.css';
import type { Act } from './useActs';
import type { Target } from './useCardDrag';

type Props = {
  dragging: number[] | null;
  selected: ReadonlySet<number>;
  act: Act;
  deselect: () => void;
  /** Why the cards in the hand may not be dropped there. */
  refusals: { won: string | null; lost: string | null };
};

const drops = [
  { what: 'delete', label: 'Delete', icon: IconTrash },
  { what: 'lost', label: 'Lost', icon: IconThumbDown },
  { what: 'won', label: 'Won', icon: IconTrophy },
  { what: 'move', label: 'Move to pipeline…', icon: IconArrowsExchange },
] as const;

/** Slides up while cards are dragged, to be dropped on; and stays while cards are selected, to be pressed. */
export const DropBar = ({ dragging, selected, act, deselect, refusals }: Props) => {
  const ids = dragging ?? [...selected];
  if (ids.length === 0) return null;
  const run = { delete: () => act.remove(ids), lost: () => act.lose(ids), won: () => act.win(ids), move: () => act.choosePlace(ids) };
  return (
    <div
      className={classes.dropBar}
      role="toolbar"
      data-bottom-bar=""
      aria-label={dragging ? 'Drop here' : 'Selected deals'}
      data-dragging={dragging !== null || undefined}
    >
      <Text size="sm" fw={600} className="tabular">
        {act.sumOf(ids)}
      </Text>
      {drops.map(drop => (
        <Drop
          key={drop.what}
          {...drop}
          refusal={drop.what === 'won' || drop.what === 'lost' ? refusals[drop.what] : null}
          onPress={run[drop.what]}
        />
      ))}
      {!dragging && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={16} aria-hidden />} onClick={deselect}>
          Deselect
        </Button>
      )}
    </div>
  );
};

const Drop = ({
  what,
  label,
  icon: Icon,
  refusal,
  onPress,
}: {
  what: 'won' | 'lost' | 'delete' | 'move';
  label: string;
  icon: TablerIcon;
  refusal: string | null;
  onPress: () => void;
}) => {
  const button = useRef<HTMLButtonElement>(null);
  const [isOver, setIsOver] = useState(false);
  const refused = useRef(refusal);
  refused.current = refusal;
  useEffect(
    () =>
      dropTargetForElements({
        element: button.current!,
        canDrop: ({ source }) => source.data.kind === 'cards' && refused.current === null,
        getData: (): Target => ({ kind: 'bar', what }),
        onDragEnter: () => setIsOver(true),
        onDragLeave: () => setIsOver(false),
        onDrop: () => setIsOver(false),
      }),
    [what],
  );
  return (
    <button
      ref={button}
      type="button"
      className={classes.drop}
      data-what={what}
      data-over={isOver || undefined}
      data-refused={refusal !== null || undefined}
      onClick={onPress}
    >
      <Icon size={18} aria-hidden />
      {label}
      {refusal && <small>{refusal}</small>}
    </button>
  );
};
