import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useCatalog } from '../api/catalog';
import type { Props } from './ActionEditor';
import { type Action, numbers, settable, typed, untyped } from './automations';

const days = new Set(['expected_close', 'next_followup_at']);
const choices: Record<string, string[]> = {
  priority: ['low', 'medium', 'high', 'urgent'],
  status: ['open', 'won', 'lost'],
  visible_to: ['1', '3', '5', '7'],
};

/** Which field of the deal becomes what. */
export const SetField = ({ action, onChange }: Props) => {
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
