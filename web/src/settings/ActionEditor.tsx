import { Group, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { ActivityTypePicker, LabelPicker, StagePicker, UserPicker } from '../pickers/pickers';
import { type Action, actions, settable, typed, untyped } from './automations';

type Props = { action: Action; onChange: (action: Action) => void };

/** What is done, and with what. */
export const ActionEditor = ({ action, onChange }: Props) => (
  <Group align="flex-end" flex={1} gap="xs">
    <Select
      aria-label="Do"
      w={190}
      allowDeselect={false}
      value={action.do}
      data={actions}
      onChange={word => onChange({ do: (word ?? 'set_field') as Action['do'] })}
    />
    <Details action={action} onChange={onChange} />
  </Group>
);

const Details = ({ action, onChange }: Props) => {
  const set = (part: Partial<Action>) => onChange({ ...action, ...part });
  switch (action.do) {
    case 'create_activity':
      return (
        <>
          <TextInput
            label="Subject"
            required
            w={220}
            value={action.subject ?? ''}
            onChange={event => set({ subject: event.currentTarget.value })}
          />
          <ActivityTypePicker
            label="Type"
            w={140}
            value={action.activity_type ?? null}
            onChange={type => set({ activity_type: type ?? undefined })}
          />
          <NumberInput
            label="Due in days"
            w={110}
            min={0}
            value={action.due_in_days ?? ''}
            onChange={days => set({ due_in_days: typeof days === 'number' ? days : undefined })}
          />
          <UserPicker
            label="For"
            placeholder="The deal's owner"
            clearable
            w={170}
            value={action.owner_id ?? null}
            onChange={owner => set({ owner_id: owner ?? undefined })}
          />
        </>
      );
    case 'set_field':
      return <SetField action={action} onChange={onChange} />;
    case 'move':
      return (
        <StagePicker label="Stage" w={240} value={action.stage_id ?? null} onChange={stage => set({ stage_id: stage ?? undefined })} />
      );
    case 'assign':
      return (
        <>
          <UserPicker label="To" w={190} value={action.user_id ?? null} onChange={user => set({ user_id: user ?? undefined })} />
          <Select
            label="As"
            w={130}
            allowDeselect={false}
            value={action.as ?? 'owner'}
            data={['owner', 'assignee']}
            onChange={as => set({ as: as ?? undefined })}
          />
        </>
      );
    case 'tag':
      return (
        <>
          <TagsInput label="Add" w={220} value={words(action.add)} onChange={add => set({ add } as Partial<Action>)} />
          <TagsInput label="Remove" w={220} value={words(action.remove)} onChange={remove => set({ remove } as Partial<Action>)} />
        </>
      );
    case 'label':
      return (
        <>
          <LabelPicker label="Add" w={220} value={numbers(action.add)} onChange={add => set({ add } as Partial<Action>)} />
          <LabelPicker label="Remove" w={220} value={numbers(action.remove)} onChange={remove => set({ remove } as Partial<Action>)} />
        </>
      );
    case 'follow':
      return <UserPicker label="Who" w={190} value={action.user_id ?? null} onChange={user => set({ user_id: user ?? undefined })} />;
    case 'call_webhook':
      return <WebhookChoice value={action.webhook_id} onChange={webhook_id => set({ webhook_id })} />;
  }
};

const words = (list: unknown): string[] => (Array.isArray(list) ? list.filter(one => typeof one === 'string') : []);
const numbers = (list: unknown): number[] => (Array.isArray(list) ? list.filter(one => typeof one === 'number') : []);

const days = new Set(['expected_close', 'next_followup_at']);
const choices: Record<string, string[]> = {
  priority: ['low', 'medium', 'high', 'urgent'],
  status: ['open', 'won', 'lost'],
  visible_to: ['1', '3', '5', '7'],
};

const SetField = ({ action, onChange }: Props) => {
  const catalog = useCatalog();
  const custom = catalog.fields.filter(field => field.subject === 'deal');
  const field = action.field ?? '';
  const definition = custom.find(one => `custom.${one.slug}` === field);
  const options = definition && (definition.type === 'enum' || definition.type === 'set') ? definition.options : null;
  const [text, setText] = useState(untyped(action.value));
  useEffect(() => setText(untyped(action.value)), [action.value]);
  const put = (value: unknown) => onChange({ do: 'set_field', field, value } as Action);
  return (
    <>
      <Select
        label="Field"
        searchable
        w={190}
        value={field || null}
        data={[
          ...settable.map(value => ({ value, label: value.replaceAll('_', ' ') })),
          ...custom.map(one => ({ value: `custom.${one.slug}`, label: one.name })),
        ]}
        onChange={next => onChange({ do: 'set_field', field: next ?? undefined } as Action)}
      />
      {(days.has(field) || definition?.type === 'date') && (
        <NumberInput
          label="In days"
          w={100}
          value={action.in_days ?? ''}
          onChange={next =>
            onChange(
              typeof next === 'number' ? ({ do: 'set_field', field, in_days: next } as Action) : ({ do: 'set_field', field } as Action),
            )
          }
        />
      )}
      {options?.length && definition?.type === 'set' ? (
        <MultiSelect
          label="To"
          w={220}
          value={numbers(action.value).map(String)}
          data={options.map(one => ({ value: String(one.id), label: one.label }))}
          onChange={ids => put(ids.map(Number))}
        />
      ) : options?.length ? (
        <Select
          label="To"
          w={190}
          value={action.value === undefined ? null : String(action.value)}
          data={options.map(one => ({ value: String(one.id), label: one.label }))}
          onChange={id => put(id ? Number(id) : null)}
        />
      ) : choices[field] ? (
        <Select
          label="To"
          w={150}
          value={action.value === undefined ? null : String(action.value)}
          data={choices[field]}
          onChange={word => put(field === 'visible_to' ? Number(word) : word)}
        />
      ) : (
        field &&
        action.in_days === undefined && (
          <TextInput
            label="To"
            description="empty takes it away"
            w={190}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            onBlur={() => put(typed(text))}
          />
        )
      )}
    </>
  );
};

const WebhookChoice = ({ value, onChange }: { value: number | undefined; onChange: (id: number | undefined) => void }) => {
  const { data } = useQuery({
    queryKey: ['webhooks'],
    queryFn: () => ask(api.GET('/api/v1/webhooks', { params: { query: { limit: 500 } } })),
  });
  return (
    <Select
      label="Webhook"
      w={300}
      value={value === undefined ? null : String(value)}
      data={(data?.data ?? []).map(one => ({ value: String(one.id), label: one.name || one.url }))}
      onChange={id => onChange(id ? Number(id) : undefined)}
    />
  );
};
