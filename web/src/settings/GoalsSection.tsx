import { ActionIcon, Button, Table } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { useFormat } from '../ui/useFormat';
import { bodyOf, type Goal, GoalForm } from './GoalForm';
import { Rows } from './Rows';
import { Section } from './Section';
import { useAct } from './useAct';

/** What is meant to be won; shown in the forecast and in insights. */
export default function GoalsSection() {
  const { mayManage } = useSession();
  const catalog = useCatalog();
  const format = useFormat();
  const act = useAct('goals');
  const [open, setOpen] = useState<Goal | 'new' | null>(null);
  const query = useQuery({
    queryKey: ['goals', 'list'],
    queryFn: () => ask(api.GET('/api/v1/goals', { params: { query: { limit: 500 } } })),
  });
  const ownerOf = (goal: Goal) => (goal.owner_id == null ? 'Everyone' : (catalog.user(goal.owner_id)?.name ?? 'Somebody'));
  const pipelineOf = (goal: Goal) =>
    goal.pipeline_id == null ? 'All pipelines' : (catalog.pipeline(goal.pipeline_id)?.name ?? 'A deleted pipeline');
  return (
    <Section
      title="Goals"
      lead="What is meant to be won each month or quarter. The forecast shows the goal of exactly the owner and pipeline it is narrowed to. One goal of an owner and pipeline holds at a time."
      actions={
        mayManage && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
            Goal
          </Button>
        )
      }
    >
      <Rows
        label="Goals"
        query={query}
        head={['Owner', 'Pipeline', 'Goal', 'From', 'Until', '']}
        empty="Set one to see how far the forecast is from it."
      >
        {goal => (
          <Table.Tr key={goal.id}>
            <Table.Td>
              <bdi>{ownerOf(goal)}</bdi>
            </Table.Td>
            <Table.Td>
              <bdi>{pipelineOf(goal)}</bdi>
            </Table.Td>
            <Table.Td className="tabular">
              {format.money(goal.value, goal.currency)} a {goal.period}
            </Table.Td>
            <Table.Td>{format.day(goal.from)}</Table.Td>
            <Table.Td>{format.day(goal.until)}</Table.Td>
            <Table.Td>
              {mayManage && (
                <>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Change the goal of ${ownerOf(goal)}, ${pipelineOf(goal)}`}
                    onClick={() => setOpen(goal)}
                  >
                    <IconPencil size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Delete the goal of ${ownerOf(goal)}, ${pipelineOf(goal)}`}
                    onClick={() =>
                      void act(
                        () => ask(api.DELETE('/api/v1/goals/{id}', { params: { path: { id: goal.id } } })),
                        'Goal deleted.',
                        () => ask(api.POST('/api/v1/goals', { body: bodyOf(goal) })),
                      )
                    }
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </>
              )}
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
      {open && <GoalForm goal={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  );
}
