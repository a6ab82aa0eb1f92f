import { Group, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import type { Range } from './customText';
import { leaving } from './leaving';

/** From when to when: days, or times of a day. */
export const RangeEditor = ({
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
