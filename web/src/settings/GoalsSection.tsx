import { ActionIcon, Button, NumberInput, SegmentedControl, Table } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { CurrencyPicker, PipelinePicker, UserPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { useFormat } from '../ui/useFormat';
import { Rows } from './Rows';
import { Section } from './Section';
import { useAct } from './useAct';

type Goal = components['schemas']['Goal'];

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
            <Table.Td>{goal.owner_id == null ? 'Everyone' : (catalog.user(goal.owner_id)?.name ?? 'Somebody')}</Table.Td>
            <Table.Td>
              {goal.pipeline_id == null ? 'All pipelines' : (catalog.pipeline(goal.pipeline_id)?.name ?? 'A deleted pipeline')}
            </Table.Td>
            <Table.Td className="tabular">
              {format.money(goal.value, goal.currency)} a {goal.period}
            </Table.Td>
            <Table.Td>{format.day(goal.from)}</Table.Td>
            <Table.Td>{format.day(goal.until)}</Table.Td>
            <Table.Td>
              {mayManage && (
                <>
                  <ActionIcon variant="subtle" color="gray" aria-label="Change the goal" onClick={() => setOpen(goal)}>
                    <IconPencil size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label="Delete the goal"
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

type Given = Pick<Goal, 'owner_id' | 'pipeline_id' | 'period' | 'value' | 'currency' | 'from' | 'until'>;
const bodyOf = (goal: Given) => ({
  owner_id: goal.owner_id,
  pipeline_id: goal.pipeline_id,
  period: goal.period,
  value: goal.value,
  currency: goal.currency,
  from: goal.from ?? undefined,
  until: goal.until,
});

const GoalForm = ({ goal, onClose }: { goal: Goal | null; onClose: () => void }) => {
  const { workspace } = useSession();
  const format = useFormat();
  const [given, setGiven] = useState<Given>(
    goal ?? {
      owner_id: null,
      pipeline_id: null,
      period: 'month',
      value: 10_000,
      currency: workspace.base_currency,
      from: `${format.today().slice(0, 8)}01`,
      until: null,
    },
  );
  const set = (part: Partial<Given>) => setGiven(before => ({ ...before, ...part }));
  const body = bodyOf(given);
  return (
    <FormModal
      title={goal ? 'Change the goal' : 'New goal'}
      keys={['goals']}
      done="Goal saved."
      onClose={onClose}
      onSubmit={() =>
        goal
          ? ask(api.PATCH('/api/v1/goals/{id}', { params: { path: { id: goal.id } }, body: { ...body, version: goal.version } }))
          : ask(api.POST('/api/v1/goals', { body }))
      }
    >
      {errors => (
        <>
          <UserPicker
            label="Owner"
            placeholder="Everyone together"
            clearable
            value={given.owner_id}
            onChange={owner_id => set({ owner_id })}
            error={errors.owner_id}
          />
          <PipelinePicker
            label="Pipeline"
            placeholder="All pipelines together"
            clearable
            value={given.pipeline_id}
            onChange={pipeline_id => set({ pipeline_id })}
            error={errors.pipeline_id}
          />
          <NumberInput
            label="Value to be won"
            required
            min={0}
            thousandSeparator
            value={given.value}
            onChange={value => set({ value: Number(value) })}
            error={errors.value}
          />
          <CurrencyPicker
            label="Currency"
            value={given.currency}
            onChange={currency => set({ currency: currency ?? workspace.base_currency })}
            error={errors.currency}
          />
          <SegmentedControl
            aria-label="Each"
            value={given.period}
            onChange={period => set({ period: period as Given['period'] })}
            data={[
              { value: 'month', label: 'Each month' },
              { value: 'quarter', label: 'Each quarter' },
            ]}
          />
          <DateInput
            label="From"
            required
            valueFormat="YYYY-MM-DD"
            value={given.from}
            onChange={from => set({ from })}
            error={errors.from}
          />
          <DateInput
            label="Until"
            placeholder="Until further notice"
            clearable
            valueFormat="YYYY-MM-DD"
            value={given.until}
            onChange={until => set({ until })}
            error={errors.until}
          />
        </>
      )}
    </FormModal>
  );
};
