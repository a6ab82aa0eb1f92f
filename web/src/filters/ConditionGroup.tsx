import { ActionIcon, Button, Group, Paper, SegmentedControl, Stack } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { ConditionRow } from './ConditionRow';
import { type Condition, isGroup, isTest, operatorsOf, type Test } from './condition';
import type { FilterField } from './fields';

export const parts = (group: { and: Condition[] } | { or: Condition[] }) => ('and' in group ? group.and : group.or);
const grouped = (word: 'and' | 'or', inner: Condition[]): Condition => (word === 'and' ? { and: inner } : { or: inner });

type Props = { condition: Condition; fields: FilterField[]; depth: number; onChange: (condition: Condition) => void };

/** Conditions of which all or any must hold, groups among them. */
export const ConditionGroup = ({ condition, fields, depth, onChange }: Props) => {
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
            <ConditionRow test={part} fields={fields} onChange={next => put(index, next)} />
          ) : (
            <Paper withBorder p="xs" flex={1}>
              {'not' in part ? (
                <ConditionGroup
                  condition={{ and: [part.not] }}
                  fields={fields}
                  depth={depth + 1}
                  onChange={next => put(index, { not: next })}
                />
              ) : (
                <ConditionGroup condition={part} fields={fields} depth={depth + 1} onChange={next => put(index, next)} />
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
