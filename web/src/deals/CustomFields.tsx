import { Group, NumberInput, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Catalog, useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Deal, DealPatch, FieldDefinition } from '../api/types';
import { CurrencyPicker } from '../pickers/pickers';
import { RecordPicker } from '../pickers/RecordPicker';
import { ChoiceEditor, ChoicesEditor, DayEditor, NumberEditor, TextEditor } from '../ui/editors';
import type { Format } from '../ui/format';
import { Inline } from '../ui/Inline';
import { useFormat } from '../ui/useFormat';
import { Section } from './DealSide';

type Props = { deal: Deal; save: (patch: DealPatch) => void };

/** The workspace's own fields of deals. */
export const CustomFields = ({ deal, save }: Props) => {
  const catalog = useCatalog();
  const format = useFormat();
  const fields = catalog.fields.filter(field => field.subject === 'deal').sort((a, b) => a.position - b.position);
  if (fields.length === 0) return null;
  const values = deal.custom as Record<string, unknown>;
  return (
    <Section title="Custom fields">
      {fields.map(field => (
        <Inline
          key={field.id}
          label={field.name}
          editor={close => (
            <Editor
              field={field}
              value={values[field.slug] ?? null}
              deal={deal}
              close={close}
              onSave={value => save({ custom: { [field.slug]: value } })}
            />
          )}
        >
          <CustomValue field={field} value={values[field.slug]} catalog={catalog} format={format} />
        </Inline>
      ))}
    </Section>
  );
};

type Money = { value: number; currency: string };
type Range = { value: string; until?: string };

/** A custom value as people read it. */
export const CustomValue = ({
  field,
  value,
  catalog,
  format,
}: {
  field: FieldDefinition;
  value: unknown;
  catalog: Catalog;
  format: Format;
}) => {
  if (value === null || value === undefined) return '–';
  const option = (id: unknown) => field.options.find(one => one.id === id)?.label ?? `#${id}`;
  switch (field.type) {
    case 'monetary':
      return format.money((value as Money).value, (value as Money).currency);
    case 'double':
      return format.number(value as number);
    case 'date':
      return format.day(value as string);
    case 'daterange':
      return `${format.day((value as Range).value)} – ${format.day((value as Range).until)}`;
    case 'time':
      return (value as Range).value.slice(0, 5);
    case 'timerange':
      return `${(value as Range).value.slice(0, 5)} – ${(value as Range).until?.slice(0, 5) ?? ''}`;
    case 'enum':
      return option(value);
    case 'set':
      return (value as number[]).map(option).join(', ');
    case 'user':
      return catalog.user(value as number)?.name ?? `#${value}`;
    case 'org':
    case 'people':
      return <RecordName kind={field.type === 'org' ? 'organization' : 'person'} id={value as number} />;
    case 'address':
      return (value as { value?: string }).value ?? '–';
    default:
      return String(value);
  }
};

const RecordName = ({ kind, id }: { kind: 'organization' | 'person'; id: number }) => {
  const { data } = useQuery({
    queryKey: [kind, id, 'name'],
    queryFn: async () =>
      kind === 'person'
        ? (await ask(api.GET('/api/v1/persons/{id}', { params: { path: { id } } }))).name
        : (await ask(api.GET('/api/v1/organizations/{id}', { params: { path: { id } } }))).name,
  });
  return data ?? `#${id}`;
};

type EditorProps = { field: FieldDefinition; value: unknown; deal: Deal; close: () => void; onSave: (value: unknown) => void };

const Editor = ({ field, value, deal, close, onSave }: EditorProps) => {
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
      return <MoneyEditor {...common} value={value as Money | null} currency={deal.currency} onSave={onSave} />;
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
