import { Group, Select } from '@mantine/core';
import { ConditionValues } from './ConditionValues';
import { nameOf, type Operator, operatorsOf, type Test } from './condition';
import type { FilterField } from './fields';

type Props = { test: Test; fields: FilterField[]; onChange: (test: Test) => void };

/** One condition: a field, an operator, and what it is compared with. */
export const ConditionRow = ({ test, fields, onChange }: Props) => {
  const field = fields.find(one => one.name === test.field) ?? { name: test.field, label: test.field, kind: 'text' as const };
  const pick = (name: string) => {
    const next = fields.find(one => one.name === name)!;
    onChange(
      next.kind === 'flag' ? { field: name, operator: 'equals', value: true } : { field: name, operator: operatorsOf[next.kind][0]! },
    );
  };
  return (
    <Group gap="xs" flex={1} align="flex-start">
      <Select
        aria-label="Field"
        searchable
        allowDeselect={false}
        w={170}
        value={test.field}
        onChange={name => name && pick(name)}
        data={fields.map(one => ({ value: one.name, label: one.label }))}
      />
      {field.kind === 'flag' ? (
        <Select
          aria-label="Value"
          w={110}
          allowDeselect={false}
          value={test.value === false ? 'no' : 'yes'}
          onChange={word => onChange({ ...test, operator: 'equals', value: word === 'yes' })}
          data={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
        />
      ) : (
        <>
          <Select
            aria-label="Operator"
            allowDeselect={false}
            w={160}
            value={test.operator}
            onChange={word => onChange({ field: test.field, operator: word as Operator })}
            data={[...new Set([...operatorsOf[field.kind], test.operator])].map(operator => ({
              value: operator,
              label: nameOf(operator, field.kind),
            }))}
          />
          <ConditionValues test={test} field={field} onChange={onChange} />
        </>
      )}
    </Group>
  );
};
