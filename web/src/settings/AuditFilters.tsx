import { Group, Select } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { UserPicker } from '../pickers/pickers';
import { deeds, kinds } from './audit';
import { dialects } from './names';

const options = (words: Record<string, string>) =>
  Object.entries(words)
    .map(([value, label]) => ({ value, label: label[0]?.toUpperCase() + label.slice(1) }))
    .sort((a, b) => a.label.localeCompare(b.label));

/** Side by side where there is room, two in a row on a phone. */
const wide = { flex: '1 1 140px', maw: 190 } as const;
const narrow = { flex: '1 1 115px', maw: 150 } as const;

type Props = { given: (name: string) => string | undefined; set: (name: string, value: string | number | null) => void };

/** Who, through what, to which kind of record, what, and when: each narrows the log, and stands in the address. */
export const AuditFilters = ({ given, set }: Props) => {
  const choice = (name: string, label: string, any: string, words: Record<string, string>) => (
    <Select
      aria-label={label}
      placeholder={any}
      clearable
      searchable
      {...wide}
      value={given(name) ?? null}
      onChange={value => set(name, value)}
      data={options(words)}
    />
  );
  const day = (name: string, label: string) => (
    <DateInput
      aria-label={label}
      placeholder={label}
      clearable
      valueFormat="YYYY-MM-DD"
      {...narrow}
      value={given(name) ?? null}
      onChange={value => set(name, value)}
    />
  );
  return (
    <Group gap="xs" role="group" aria-label="Narrow the log">
      <UserPicker
        aria-label="Who"
        placeholder="Anybody"
        clearable
        {...wide}
        value={Number(given('actor')) || null}
        onChange={id => set('actor', id)}
      />
      {choice('through', 'Through', 'Through anything', dialects)}
      {choice('subject', 'Kind of record', 'Any record', kinds)}
      {choice('action', 'What was done', 'Anything done', deeds)}
      {day('since', 'Since')}
      {day('until', 'Until')}
    </Group>
  );
};
