import { ConditionGroup, parts } from './ConditionGroup';
import { type Condition, isGroup } from './condition';
import { type FilterSubject, useFilterFields } from './fields';

type Props = { subject: FilterSubject; value: Condition | null; onChange: (condition: Condition | null) => void };

/** Writes a condition: tests in groups of "all of" and "any of", as deep as one likes. Half-written tests are kept; {@link complete} drops them. */
export const FilterBuilder = ({ subject, value, onChange }: Props) => {
  const fields = useFilterFields(subject);
  const root: Condition = !value ? { and: [] } : isGroup(value) ? value : { and: [value] };
  return (
    <ConditionGroup
      condition={root}
      fields={fields}
      depth={0}
      onChange={next => onChange(isGroup(next) && parts(next).length === 0 ? null : next)}
    />
  );
};
