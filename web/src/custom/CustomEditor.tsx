import { Group, NumberInput, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import type { FieldDefinition } from '../api/types';
import { CurrencyPicker } from '../pickers/pickers';
import { RecordPicker } from '../pickers/RecordPicker';
import { ChoiceEditor, ChoicesEditor, DayEditor, NumberEditor, TextEditor } from '../ui/editors';
import type { Money, Range } from './customText';

type EditorProps = { field: FieldDefinition; value: unknown; currency: string; close: () => void; onSave: (value: unknown) => void };

/** The input for a custom value, where it stands. */
export const CustomEditor = ({ field, value, currency, close, onSave }: EditorProps) => {
  const catalog = useCatalog();
  const common = { label: field.name, close };
  const options = field.options.map(one => ({ value: String(one.id), label: one.label }));
  switch (field.type) {
    case 'double':
      return <NumberEditor {...common} value={value as number | null} onSave={onSave} />;
    case 'date':
      return <DayEditor {...common} value={value as string | null} onSave={onSave} />;
    case 'enum':
      return (
        <ChoiceEditor
          {...common}
          choices={options}
          value={value === null ? null : String(value)}
          onSave={next => onSave(next === null ? null : Number(next))}
        />
      );
    case 'set':
      return (
        <ChoicesEditor
          {...common}
          choices={options}
          value={((value as number[] | null) ?? []).map(String)}
          onSave={next => onSave(next.length ? next.map(Number) : null)}
        />
      );
    case 'user':
      return (
        <ChoiceEditor
          {...common}
          choices={catalog.users.map(user => ({ value: String(user.id), label: user.name }))}
          value={value === null ? null : String(value)}
          onSave={next => onSave(next === null ? null : Number(next))}
        />
      );
    case 'org':
    case 'people':
      return (
        <RecordPicker
          kind={field.type === 'org' ? 'organization' : 'person'}
          aria-label={field.name}
          autoFocus
          value={null}
          onChange={picked => {
            onSave(picked?.id ?? null);
            close();
          }}
        />
      );
    case 'monetary':
      return <MoneyEditor {...common} value={value as Money | null} currency={currency} onSave={onSave} />;
    case 'daterange':
    case 'time':
    case 'timerange':
      return <RangeEditor {...common} kind={field.type} value={value as Range | null} onSave={onSave} />;
    case 'address':
      return (
        <TextEditor
          {...common}
          value={(value as { value?: string } | null)?.value ?? ''}
          onSave={next => onSave(next.trim() ? { value: next.trim() } : null)}
        />
      );
    default:
      return (
        <TextEditor
          {...common}
          multiline={field.type === 'text'}
          value={(value as string | null) ?? ''}
          onSave={next => onSave(next.trim() || null)}
        />
      );
  }
};

/** Editors of two parts save when the focus leaves both. */
const leaving = (run: () => void) => (event: React.FocusEvent<HTMLElement>) => {
  if (!event.currentTarget.contains(event.relatedTarget as Node | null)) run();
};

const MoneyEditor = ({
  label,
  value,
  currency,
  close,
  onSave,
}: {
  label: string;
  value: Money | null;
  currency: string;
  close: () => void;
  onSave: (value: Money | null) => void;
}) => {
  const [amount, setAmount] = useState<number | ''>(value?.value ?? '');
  const [code, setCode] = useState(value?.currency ?? currency);
  const save = () => {
    if (amount !== (value?.value ?? '') || code !== (value?.currency ?? currency))
      onSave(amount === '' ? null : { value: amount, currency: code });
    close();
  };
  return (
    <Group gap={4} wrap="nowrap" onBlur={leaving(save)}>
      <NumberInput
        aria-label={label}
        autoFocus
        hideControls
        thousandSeparator
        value={amount}
        onChange={next => setAmount(typeof next === 'number' ? next : '')}
        onKeyDown={event => event.key === 'Enter' && save()}
      />
      <CurrencyPicker
        aria-label={`${label}: currency`}
        comboboxProps={{ withinPortal: false }}
        value={code}
        onChange={next => next && setCode(next)}
      />
    </Group>
  );
};

const RangeEditor = ({
  label,
  kind,
  value,
  close,
  onSave,
}: {
  label: string;
  kind: 'daterange' | 'time' | 'timerange';
  value: Range | null;
  close: () => void;
  onSave: (value: Range | null) => void;
}) => {
  const [from, setFrom] = useState(value?.value ?? '');
  const [until, setUntil] = useState(value?.until ?? '');
  const save = () => {
    if (!from) onSave(null);
    else if (kind === 'time') onSave({ value: from });
    else if (until) onSave({ value: from, until });
    close();
  };
  const input = (name: string, text: string, set: (next: string) => void) =>
    kind === 'daterange' ? (
      <DateInput
        aria-label={name}
        valueFormat="YYYY-MM-DD"
        popoverProps={{ withinPortal: false }}
        value={text || null}
        onChange={next => set(next ?? '')}
      />
    ) : (
      <TextInput
        aria-label={name}
        type="time"
        value={text.slice(0, 5)}
        onChange={event => set(event.currentTarget.value ? `${event.currentTarget.value}:00` : '')}
      />
    );
  return (
    <Group gap={4} wrap="nowrap" onBlur={leaving(save)}>
      {input(label, from, setFrom)}
      {kind !== 'time' && input(`${label}: until`, until, setUntil)}
    </Group>
  );
};
