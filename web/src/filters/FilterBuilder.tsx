import { ActionIcon, Button, Group, MultiSelect, NumberInput, Paper, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { RecordPicker } from '../pickers/RecordPicker';
import { type Condition, isGroup, isTest, nameOf, type Operator, operatorsOf, periods, type Test, type Value, wants } from './condition';
import { type FilterField, type FilterSubject, useFilterFields } from './fields';

type Props = { subject: FilterSubject; value: Condition | null; onChange: (condition: Condition | null) => void };

/** Writes a condition: tests in groups of "all of" and "any of", as deep as one likes. Half-written tests are kept; {@link complete} drops them. */
export const FilterBuilder = ({ subject, value, onChange }: Props) => {
  const fields = useFilterFields(subject);
  const root: Condition = !value ? { and: [] } : isGroup(value) ? value : { and: [value] };
  return (
    <Group_
      condition={root}
      fields={fields}
      depth={0}
      onChange={next => onChange(isGroup(next) && parts(next).length === 0 ? null : next)}
    />
  );
};

const parts = (group: { and: Condition[] } | { or: Condition[] }) => ('and' in group ? group.and : group.or);
const grouped = (word: 'and' | 'or', inner: Condition[]): Condition => (word === 'and' ? { and: inner } : { or: inner });

type PartProps = { fields: FilterField[]; depth: number; onChange: (condition: Condition) => void };

const Group_ = ({ condition, fields, depth, onChange }: PartProps & { condition: Condition }) => {
  if (!isGroup(condition)) return null;
  const word = 'and' in condition ? 'and' : 'or';
  const inner = parts(condition);
  const put = (index: number, next: Condition | null) =>
    onChange(grouped(word, next ? inner.with(index, next) : inner.toSpliced(index, 1)));
  const first = fields[0]!;
  const fresh: Test = { field: first.name, operator: operatorsOf[first.kind][0]! };
  return (
    <Stack gap="xs">
      {(inner.length > 1 || depth > 0) && (
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label="How the conditions combine"
          value={word}
          onChange={next => onChange(grouped(next as 'and' | 'or', inner))}
          data={[
            { value: 'and', label: 'All of' },
            { value: 'or', label: 'Any of' },
          ]}
        />
      )}
      {inner.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name but their place.
        <Group key={index} gap="xs" align="flex-start" wrap="nowrap">
          {isTest(part) ? (
            <TestRow test={part} fields={fields} onChange={next => put(index, next)} />
          ) : (
            <Paper withBorder p="xs" flex={1}>
              {'not' in part ? (
                <Group_ condition={{ and: [part.not] }} fields={fields} depth={depth + 1} onChange={next => put(index, { not: next })} />
              ) : (
                <Group_ condition={part} fields={fields} depth={depth + 1} onChange={next => put(index, next)} />
              )}
            </Paper>
          )}
          <ActionIcon variant="subtle" color="gray" mt={3} aria-label="Remove the condition" onClick={() => put(index, null)}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange(grouped(word, [...inner, fresh]))}
        >
          Condition
        </Button>
        {depth < 3 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange(grouped(word, [...inner, grouped(word === 'and' ? 'or' : 'and', [fresh])]))}
          >
            Group
          </Button>
        )}
      </Group>
    </Stack>
  );
};

const TestRow = ({ test, fields, onChange }: { test: Test; fields: FilterField[]; onChange: (test: Test) => void }) => {
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
          <Values test={test} field={field} onChange={onChange} />
        </>
      )}
    </Group>
  );
};

const Values = ({ test, field, onChange }: { test: Test; field: FilterField; onChange: (test: Test) => void }) => {
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
          <OneValue
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
  return <OneValue field={field} value={values[0] ?? null} onChange={value => (wanted === 'many' ? many([value]) : one(value))} />;
};

const OneValue = ({ field, value, onChange }: { field: FilterField; value: Value; onChange: (value: Value) => void }) => {
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
