import type { Format } from '../ui/format';
import { type Condition, isTest, nameOf, type Test, type Value, wants } from './condition';
import type { FilterField } from './fields';

const periodName = (word: string) => {
  const days = /^(last|next)_(\d+)_days$/.exec(word);
  return days ? `in the ${days[1]} ${days[2]} days` : word.replace('_', ' ');
};

const valueText = (value: Value, test: Test, field: FilterField | undefined, format: Format): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null) return 'nothing';
  const chosen = field?.choices?.find(one => one.value === value);
  if (chosen) return chosen.label;
  if (test.operator === 'within') return periodName(String(value));
  if (field?.kind === 'day') return format.day(String(value));
  if (field?.kind === 'instant') return format.instant(String(value));
  return typeof value === 'number' && field?.kind !== 'record' ? format.number(value) : field?.record ? `#${value}` : String(value);
};

/** A test as a reader says it: "Value is at least 1,000". */
export const describeTest = (test: Test, fields: FilterField[], format: Format): string => {
  const field = fields.find(one => one.name === test.field);
  const label = field?.label ?? test.field;
  if (field?.kind === 'flag') return test.value === false ? `not ${label.toLowerCase()}` : label;
  const name = nameOf(test.operator, field?.kind ?? 'text');
  const values = test.values ?? (test.value === undefined ? [] : [test.value]);
  if (wants(test.operator) === 'none') return `${label} ${name}`;
  const texts = values.map(value => valueText(value, test, field, format));
  if (test.operator === 'between') return `${label} ${name} ${texts.join(' and ')}`;
  if (test.operator === 'in' && texts.length === 1) return `${label} is ${texts[0]}`;
  return `${label} ${name} ${texts.length > 3 ? `${texts.slice(0, 2).join(', ')} and ${texts.length - 2} more` : texts.join(', ')}`;
};

export const describe = (condition: Condition, fields: FilterField[], format: Format): string => {
  if (isTest(condition)) return describeTest(condition, fields, format);
  if ('not' in condition) return `not (${describe(condition.not, fields, format)})`;
  return ('and' in condition ? condition.and : condition.or)
    .map(part => (isTest(part) ? describe(part, fields, format) : `(${describe(part, fields, format)})`))
    .join('and' in condition ? ' and ' : ' or ');
};
