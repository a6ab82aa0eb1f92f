import { Group, MultiSelect, Select } from '@mantine/core';
import { RecordPicker } from '../pickers/RecordPicker';
import { ConditionValue } from './ConditionValue';
import { periods, type Test, type Value, wants } from './condition';
import type { FilterField } from './fields';

type Props = { test: Test; field: FilterField; onChange: (test: Test) => void };

/** What a field is compared with: nothing, a period, two ends, several choices, a record, or one value. */
export const ConditionValues = ({ test, field, onChange }: Props) => {
  const wanted = wants(test.operator);
  const values = test.values ?? (test.value === undefined ? [] : [test.value]);
  const one = (value: Value) => onChange({ field: test.field, operator: test.operator, value });
  const many = (next: Value[]) => onChange({ field: test.field, operator: test.operator, values: next });
  if (wanted === 'none') return null;
  if (test.operator === 'within') {
    return (
      <Select
        aria-label="Value"
        w={170}
        searchable
        value={(test.value as string) ?? null}
        onChange={word => word && one(word)}
        data={periods.map(word => ({ value: word, label: word.replaceAll('_', ' ') }))}
      />
    );
  }
  if (wanted === 'two') {
    return (
      <Group gap={6}>
        {[0, 1].map(index => (
          <ConditionValue
            key={index}
            field={field}
            value={values[index] ?? null}
            onChange={value => many(index === 0 ? [value, values[1] ?? ''] : [values[0] ?? '', value])}
          />
        ))}
      </Group>
    );
  }
  if (wanted === 'many' && field.choices) {
    const typed = (text: string): Value => field.choices!.find(choice => String(choice.value) === text)?.value ?? text;
    return (
      <MultiSelect
        aria-label="Value"
        searchable
        clearable
        miw={200}
        flex={1}
        value={values.map(String)}
        onChange={next => many(next.map(typed))}
        data={field.choices.map(choice => ({ value: String(choice.value), label: choice.label }))}
      />
    );
  }
  if (field.record) {
    const id = values[0];
    return (
      <RecordPicker
        aria-label="Value"
        kind={field.record}
        value={typeof id === 'number' ? { id, name: `#${id}` } : null}
        onChange={picked => (picked ? many([picked.id]) : many([]))}
      />
    );
  }
  return <ConditionValue field={field} value={values[0] ?? null} onChange={value => (wanted === 'many' ? many([value]) : one(value))} />;
};
