import { NumberInput, SegmentedControl } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { CurrencyPicker, PipelinePicker, UserPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { useFormat } from '../ui/useFormat';

export type Goal = components['schemas']['Goal'];

type Given = Pick<Goal, 'owner_id' | 'pipeline_id' | 'period' | 'value' | 'currency' | 'from' | 'until'>;
export const bodyOf = (goal: Given) => ({
  owner_id: goal.owner_id,
  pipeline_id: goal.pipeline_id,
  period: goal.period,
  value: goal.value,
  currency: goal.currency,
  from: goal.from ?? undefined,
  until: goal.until,
});

/** What is meant to be won, by whom and from when on. */
export const GoalForm = ({ goal, onClose }: { goal: Goal | null; onClose: () => void }) => {
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
