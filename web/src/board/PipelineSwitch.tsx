import { Menu, Text } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';
import type { BoardView } from './useBoardView';

/** Which pipeline is shown; each says what it holds. */
export const PipelineSwitch = ({ view }: { view: BoardView }) => (
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
