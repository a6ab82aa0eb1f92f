import { Button, Group, Menu } from '@mantine/core';
import { IconArrowsSort, IconPlus } from '@tabler/icons-react';
import type { Board } from '../api/types';
import { useCreate } from '../app/create';
import { FilterChips } from '../filters/FilterChips';
import classes from './Board.module.css';
import { BoardFilters } from './BoardFilters';
import { BoardSums } from './BoardSums';
import { CardSettings } from './CardSettings';
import { OrderItems } from './OrderItems';
import { PipelineSwitch } from './PipelineSwitch';
import { QuickChips } from './QuickChips';
import { type BoardView, orders } from './useBoardView';
import { ViewSwitch } from './ViewSwitch';

type Props = { view: BoardView; board: Board | undefined; isFetching: boolean };

/** Which pipeline, which of its deals, in which order; and what they come to. */
export const BoardHeader = ({ view, board, isFetching }: Props) => {
  const create = useCreate();
  return (
    <div className={classes.head} data-busy={isFetching || undefined}>
      <Group className={classes.headLine}>
        <PipelineSwitch view={view} />
        <ViewSwitch current="board" pipelineId={view.pipeline?.id} />
        <div style={{ flex: 1 }} />
        <BoardFilters view={view} />
        <CardSettings view={view} />
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              classNames={{ root: classes.order, section: classes.orderIcon, label: classes.orderLabel }}
              aria-label={`Sorted by ${orders[view.order]}`}
              leftSection={<IconArrowsSort size={16} aria-hidden />}
            >
              {orders[view.order]}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Order of the cards</Menu.Label>
            <OrderItems view={view} />
          </Menu.Dropdown>
        </Menu>
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => create('deal', { pipeline_id: view.pipeline?.id })}
          visibleFrom="sm"
        >
          Deal
        </Button>
      </Group>
      <QuickChips view={view} />
      <FilterChips subject="deal" value={view.condition} onChange={view.setCondition} />
      {board && <BoardSums board={board} view={view} />}
    </div>
  );
};
