import { Group, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { ActivityTypePicker, LabelPicker, StagePicker, UserPicker } from '../pickers/pickers';
import { type Action, actions, numbers, words } from './automations';
import { SetField } from './SetField';
import { WebhookChoice } from './WebhookChoice';

export type Props = { action: Action; onChange: (action: Action) => void };

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
