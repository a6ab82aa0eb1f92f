import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { Button, Menu, Text } from '@mantine/core';
import { IconArrowsExchange, IconThumbDown, IconTrash, IconTrophy, IconX, type TablerIcon } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useCatalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';
import type { Act } from './BoardScreen';
import { sumByCurrency } from './board';
import type { Target } from './useCardDrag';

type Props = {
  dragging: number[] | null;
  selected: ReadonlySet<number>;
  cardOf: (id: number) => Deal | undefined;
  act: Act;
  deselect: () => void;
  pipelineId: number;
};

const drops = [
  { what: 'delete', label: 'Delete', icon: IconTrash },
  { what: 'lost', label: 'Lost', icon: IconThumbDown },
  { what: 'won', label: 'Won', icon: IconTrophy },
] as const;

/** Slides up while cards are dragged, to be dropped on; and stays while cards are selected, to be pressed. */
export const DropBar = ({ dragging, selected, cardOf, act, deselect, pipelineId }: Props) => {
  const format = useFormat();
  const catalog = useCatalog();
  const ids = dragging ?? [...selected];
  if (ids.length === 0) return null;
  const sums = sumByCurrency(ids.flatMap(id => cardOf(id) ?? [])).map(([currency, value]) => format.money(value, currency));
  const run = { delete: () => act.remove(ids), lost: () => act.lose(ids), won: () => void act.win(ids) };
  return (
    <div
      className={classes.dropBar}
      role="toolbar"
      data-bottom-bar=""
      aria-label={dragging ? 'Drop here' : 'Selected deals'}
      data-dragging={dragging !== null || undefined}
    >
      <Text size="sm" fw={600} className="tabular">
        {ids.length === 1 ? '1 deal' : `${ids.length} deals`}
        {sums.length > 0 && ` · ${sums.join(' + ')}`}
      </Text>
      {drops.map(drop => (
        <Drop key={drop.what} {...drop} onPress={run[drop.what]} />
      ))}
      <Menu position="top">
        <Menu.Target>
          <Button variant="default" leftSection={<IconArrowsExchange size={16} aria-hidden />}>
            Move to…
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="60vh" style={{ overflow: 'auto' }}>
          {catalog.pipelines.map(pipeline => (
            <div key={pipeline.id}>
              <Menu.Label>{pipeline.name}</Menu.Label>
              {catalog
                .stagesOf(pipeline.id)
                .filter(stage => stage.kind === 'open')
                .map(stage => (
                  <Menu.Item
                    key={stage.id}
                    onClick={() => (pipeline.id === pipelineId ? void act.move(ids, stage.id) : act.movePipeline(ids, stage.id))}
                  >
                    {stage.name}
                  </Menu.Item>
                ))}
            </div>
          ))}
        </Menu.Dropdown>
      </Menu>
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
  onPress,
}: {
  what: 'won' | 'lost' | 'delete';
  label: string;
  icon: TablerIcon;
  onPress: () => void;
}) => {
  const button = useRef<HTMLButtonElement>(null);
  const [isOver, setIsOver] = useState(false);
  useEffect(
    () =>
      dropTargetForElements({
        element: button.current!,
        canDrop: ({ source }) => source.data.kind === 'cards',
        getData: (): Target => ({ kind: 'bar', what }),
        onDragEnter: () => setIsOver(true),
        onDragLeave: () => setIsOver(false),
        onDrop: () => setIsOver(false),
      }),
    [what],
  );
  return (
    <button ref={button} type="button" className={classes.drop} data-what={what} data-over={isOver || undefined} onClick={onPress}>
      <Icon size={18} aria-hidden />
      {label}
    </button>
  );
};
