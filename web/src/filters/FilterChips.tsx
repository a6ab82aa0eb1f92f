import { Button, Group, Pill } from '@mantine/core';
import { useFormat } from '../ui/useFormat';
import { CopyQuery } from './CopyQuery';
import { type Condition, isTest } from './condition';
import { describe } from './describe';
import { type FilterSubject, useFilterFields } from './fields';

/** The condition in force, in words; each part can be taken out. */
export const FilterChips = ({
  subject,
  value,
  onChange,
}: {
  subject: FilterSubject;
  value: Condition | null;
  onChange: (condition: Condition | null) => void;
}) => {
  const fields = useFilterFields(subject);
  const format = useFormat();
  if (!value) return null;
  const parts = !isTest(value) && 'and' in value ? value.and : [value];
  const without = (index: number) => {
    const left = parts.toSpliced(index, 1);
    onChange(left.length === 0 ? null : left.length === 1 ? left[0]! : { and: left });
  };
  return (
    <Group gap={6}>
      {parts.map((part, index) => {
        const text = describe(part, fields, format);
        return (
          <Pill
            key={text}
            withRemoveButton
            onRemove={() => without(index)}
            removeButtonProps={{ 'aria-label': `Remove: ${text}`, tabIndex: 0, 'aria-hidden': false }}
          >
            {text}
          </Pill>
        );
      })}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(null)}>
        Clear
      </Button>
      <CopyQuery subject={subject} condition={value} />
    </Group>
  );
};
