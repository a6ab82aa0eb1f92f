import { ActionIcon, Button, Group, Indicator, Menu, Popover, Select, Stack, Text } from '@mantine/core';
import { IconArrowsSort, IconCheck, IconChevronDown, IconFilter, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { api, ask } from '../api/client';
import type { Board } from '../api/types';
import { useCreate } from '../app/create';
import { FilterChips } from '../filters/FilterChips';
import { useFormat } from '../ui/useFormat';
import { useViews } from '../views/useViews';
import classes from './Board.module.css';
import { type Chip, chipNames } from './board';
import { CardSettings } from './CardSettings';
import { OrderItems } from './OrderItems';
import { type BoardView, orders, useChipCounts } from './useBoard';
import { ViewSwitch } from './ViewSwitch';

const FilterBuilder = lazy(() => import('../filters/FilterBuilder').then(module => ({ default: module.FilterBuilder })));

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
        <Filters view={view} />
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
      {board && <Strip board={board} view={view} />}
    </div>
  );
};

const PipelineSwitch = ({ view }: { view: BoardView }) => (
  <Menu position="bottom-start">
    <Menu.Target>
      <button type="button" className={classes.pipeline}>
        <span dir="auto">{view.pipeline?.name}</span>
        <IconChevronDown size={16} aria-hidden />
      </button>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Label>Pipeline</Menu.Label>
      {view.catalog.pipelines.map(pipeline => (
        <PipelineItem key={pipeline.id} view={view} id={pipeline.id} name={pipeline.name} />
      ))}
    </Menu.Dropdown>
  </Menu>
);

const PipelineItem = ({ view, id, name }: { view: BoardView; id: number; name: string }) => {
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['board', id, 'summary'],
    queryFn: () => ask(api.GET('/api/v1/deals/summary', { params: { query: { pipeline_id: id, status: 'open' } } })),
  });
  return (
    <Menu.Item
      onClick={() => view.choosePipeline(id)}
      rightSection={view.pipeline?.id === id ? <IconCheck size={14} aria-label="chosen" /> : undefined}
    >
      <Text size="sm">{name}</Text>
      {data && (
        <Text size="xs" c="dimmed" className="tabular">
          {format.number(data.deals)} deals · {format.money(Math.round(data.value), data.converted_to, true)}
        </Text>
      )}
    </Menu.Item>
  );
};

const Filters = ({ view }: { view: BoardView }) => {
  const [open, setOpen] = useState(false);
  const own = useViews('deal').data?.data ?? [];
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={660} trapFocus>
      <Indicator disabled={!view.condition && !view.filterId} size={9}>
        <Popover.Target>
          <ActionIcon variant="default" size={34} aria-label="Filter" aria-expanded={open} onClick={() => setOpen(before => !before)}>
            <IconFilter size={17} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label="Filter" maw="96vw">
        <Stack>
          {own.length > 0 && (
            <Select
              label="Saved filter"
              clearable
              searchable
              placeholder="None"
              value={view.filterId ? String(view.filterId) : null}
              onChange={id => view.setFilter(id ? Number(id) : null)}
              data={own.map(filter => ({ value: String(filter.id), label: filter.name }))}
            />
          )}
          {open && (
            <Suspense>
              <FilterBuilder subject="deal" value={view.condition} onChange={view.setCondition} />
            </Suspense>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
};

const QuickChips = ({ view }: { view: BoardView }) => {
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

/** What is shown comes to this much. */
const Strip = ({ board, view }: { board: Board; view: BoardView }) => {
  const format = useFormat();
  const query = { pipeline_id: view.pipeline!.id, where: view.where, filter_id: view.filterId };
  const { data: ageing } = useQuery({
    queryKey: ['insights', 'ageing', query],
    queryFn: () => ask(api.GET('/api/v1/insights/ageing', { params: { query } })),
    placeholderData: before => before,
  });
  const totals = board.totals;
  if (!totals) return null;
  const waiting = board.columns.reduce(
    (sum, column) => sum + (column.activities?.overdue ?? 0) + (column.activities?.today ?? 0) + (column.activities?.none ?? 0),
    0,
  );
  const aged = (ageing?.data ?? [])
    .filter(stage => stage.mean_days !== null)
    .map(stage => ({ deals: stage.deals.reduce((a, b) => a + b, 0), days: stage.mean_days! }));
  const number = aged.reduce((sum, stage) => sum + stage.deals, 0);
  const money = (value: number) => format.money(Math.round(value), totals.converted_to, true);
  return (
    <dl className={`${classes.strip} tabular`}>
      <Figure name="Open value" value={money(totals.value)} />
      <Figure name="Weighted" value={money(totals.weighted_value)} />
      <Figure name="Deals" value={format.number(totals.deals)} />
      <Figure name="Need attention" value={format.number(waiting)} />
      {number > 0 && (
        <Figure
          name="Average in stage"
          value={`${Math.round(aged.reduce((sum, stage) => sum + stage.deals * stage.days, 0) / number)} days`}
        />
      )}
    </dl>
  );
};

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
