import { Group, NumberInput, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { Beginning } from '../app/create';
import { CurrencyPicker, PipelinePicker, StagePicker, UserPicker } from '../pickers/pickers';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { useSession } from '../session/useSession';
import { AddDialog } from '../ui/AddDialog';
import { firstDayOfWeek } from '../ui/format';
import { notifyDone } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { deleteDeals } from './changes';

/** A new deal; people and organizations that are not there yet are made on the way. */
export default function NewDeal({ beginning, onClose }: { beginning: Beginning; onClose: () => void }) {
  const { user } = useSession();
  const catalog = useCatalog();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const first =
    catalog.stage(beginning.stage_id)?.pipeline_id ??
    beginning.pipeline_id ??
    catalog.pipelines.find(one => one.is_default)?.id ??
    catalog.pipelines[0]?.id ??
    null;
  const [pipeline, setPipeline] = useState(first);
  const [stage, setStage] = useState<number | null>(beginning.stage_id ?? null);
  const [title, setTitle] = useState(beginning.title ?? '');
  const [value, setValue] = useState<number | ''>('');
  const [currency, setCurrency] = useState(user.default_currency);
  const [person, setPerson] = useState<Picked | null>(null);
  const [organization, setOrganization] = useState<Picked | null>(null);
  const [owner, setOwner] = useState<number | null>(user.id);
  const [close, setClose] = useState<string | null>(null);

  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/deals', {
          body: {
            title: title.trim(),
            currency,
            ...(value === '' ? {} : { value }),
            ...(stage ? { stage_id: stage } : pipeline ? { pipeline_id: pipeline } : {}),
            ...(owner ? { owner_id: owner } : {}),
            person_id: person?.id ?? beginning.person_id ?? null,
            org_id: organization?.id ?? beginning.org_id ?? null,
            expected_close: close,
          },
        }),
      ),
    onSuccess: deal => {
      notifyDone(`“${deal.title}” added.`, () => deleteDeals([deal.id]));
      void queries.invalidateQueries({ queryKey: ['board'] });
      onClose();
      navigate(`/deals/${deal.id}`);
    },
  });
  const { errors, general } = fieldErrors(add.error);

  return (
    <AddDialog noun="deal" size="lg" isReady={title.trim() !== ''} isBusy={add.isPending} onAdd={() => add.mutate()} onClose={onClose}>
      <TextInput
        label="Title"
        required
        data-autofocus
        value={title}
        error={errors.title ?? general}
        onChange={event => setTitle(event.currentTarget.value)}
      />
      <Group grow align="flex-start">
        <NumberInput
          label="Value"
          thousandSeparator
          hideControls
          decimalScale={4}
          value={value}
          error={errors.value}
          onChange={next => setValue(typeof next === 'number' ? next : '')}
        />
        <CurrencyPicker label="Currency" value={currency} error={errors.currency} onChange={code => code && setCurrency(code)} />
      </Group>
      <Group grow align="flex-start">
        <RecordPicker
          kind="organization"
          label="Organization"
          value={organization}
          onChange={setOrganization}
          error={errors.org_id}
          onCreate={async name => ask(api.POST('/api/v1/organizations', { body: { name } }))}
        />
        <RecordPicker
          kind="person"
          label="Person"
          value={person}
          onChange={setPerson}
          error={errors.person_id}
          onCreate={async name => ask(api.POST('/api/v1/persons', { body: { name, org_id: organization?.id ?? null } }))}
        />
      </Group>
      <Group grow align="flex-start">
        <PipelinePicker
          label="Pipeline"
          allowDeselect={false}
          value={pipeline}
          onChange={id => {
            setPipeline(id);
            setStage(null);
          }}
        />
        <StagePicker
          label="Stage"
          pipelineId={pipeline}
          placeholder="The first"
          value={stage}
          error={errors.stage_id}
          onChange={setStage}
        />
      </Group>
      <Group grow align="flex-start">
        <UserPicker label="Owner" value={owner} error={errors.owner_id} onChange={setOwner} />
        <DateInput
          label="Expected close"
          clearable
          firstDayOfWeek={firstDayOfWeek(format.locale)}
          valueFormat="YYYY-MM-DD"
          value={close}
          error={errors.expected_close}
          onChange={setClose}
        />
      </Group>
    </AddDialog>
  );
}
