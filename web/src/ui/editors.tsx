import { Group, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { firstDayOfWeek } from './format';
import { useFormat } from './useFormat';

/** Small editors for {@link Inline}: Enter or leaving saves what was changed, Escape does not. */
type Editor<T> = { value: T; label: string; onSave: (value: T) => void; close: () => void };

const useDraft = <T,>({ value, onSave, close }: Editor<T>) => {
  const [draft, setDraft] = useState(value);
  const save = () => {
    if (draft !== value) onSave(draft);
    close();
  };
  return { draft, setDraft, save };
};

export const TextEditor = ({ multiline, ...props }: Editor<string> & { multiline?: boolean }) => {
  const { draft, setDraft, save } = useDraft(props);
  return multiline ? (
    <Textarea
      aria-label={props.label}
      autoFocus
      autosize
      minRows={3}
      value={draft}
      onChange={event => setDraft(event.currentTarget.value)}
      onBlur={save}
    />
  ) : (
    <TextInput
      aria-label={props.label}
      autoFocus
      value={draft}
      onChange={event => setDraft(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={event => event.key === 'Enter' && save()}
    />
  );
};

export const NumberEditor = ({ suffix, min, max, ...props }: Editor<number | null> & { suffix?: string; min?: number; max?: number }) => {
  const { draft, setDraft, save } = useDraft(props);
  return (
    <NumberInput
      aria-label={props.label}
      autoFocus
      hideControls
      thousandSeparator
      decimalScale={4}
      suffix={suffix}
      min={min}
      max={max}
      value={draft ?? ''}
      onChange={next => setDraft(typeof next === 'number' ? next : null)}
      onBlur={save}
      onKeyDown={event => event.key === 'Enter' && save()}
    />
  );
};

export const DayEditor = ({ value, label, onSave, close }: Editor<string | null>) => {
  const { locale } = useFormat();
  return (
    <DateInput
      aria-label={label}
      autoFocus
      clearable
      firstDayOfWeek={firstDayOfWeek(locale)}
      valueFormat="YYYY-MM-DD"
      value={value}
      popoverProps={{ withinPortal: true, onClose: close }}
      onChange={next => {
        if (next !== value) onSave(next);
        close();
      }}
    />
  );
};

export const ChoiceEditor = ({
  value,
  label,
  onSave,
  close,
  choices,
}: Editor<string | null> & { choices: { value: string; label: string }[] }) => (
  <Select
    aria-label={label}
    autoFocus
    defaultDropdownOpened
    searchable
    clearable
    data={choices}
    value={value}
    onDropdownClose={close}
    onChange={next => {
      if (next !== value) onSave(next);
      close();
    }}
  />
);

export const ChoicesEditor = ({
  value,
  label,
  onSave,
  close,
  choices,
}: Editor<string[]> & { choices: { value: string; label: string }[] }) => {
  const [draft, setDraft] = useState(value);
  return (
    <Group gap={4}>
      <MultiSelect
        aria-label={label}
        autoFocus
        defaultDropdownOpened
        searchable
        flex={1}
        data={choices}
        value={draft}
        onChange={setDraft}
        onBlur={() => {
          if (draft.join() !== value.join()) onSave(draft);
          close();
        }}
      />
    </Group>
  );
};
