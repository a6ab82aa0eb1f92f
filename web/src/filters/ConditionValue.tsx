import { NumberInput, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import type { Value } from './condition';
import type { FilterField } from './fields';

type Props = { field: FilterField; value: Value; onChange: (value: Value) => void };

/** One value, as the kind of the field wants it. */
export const ConditionValue = ({ field, value, onChange }: Props) => {
  if (field.kind === 'number' || field.kind === 'money')
    return (
      <NumberInput
        aria-label="Value"
        w={140}
        thousandSeparator
        value={typeof value === 'number' ? value : ''}
        onChange={next => onChange(typeof next === 'number' ? next : '')}
      />
    );
  if (field.kind === 'day' || field.kind === 'instant')
    return (
      <DateInput
        aria-label="Value"
        w={150}
        clearable
        valueFormat="YYYY-MM-DD"
        value={typeof value === 'string' && value ? value.slice(0, 10) : null}
        onChange={next => onChange(next ? (field.kind === 'instant' ? `${next}T00:00:00Z` : next) : '')}
      />
    );
  return (
    <TextInput
      aria-label="Value"
      w={180}
      value={typeof value === 'string' ? value : ''}
      onChange={event => onChange(event.currentTarget.value)}
    />
  );
};
