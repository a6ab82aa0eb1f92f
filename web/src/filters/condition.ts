/** The conditions of the API ("where", saved filters), as their JSON. */
export type Value = string | number | boolean | null;
export type Test = { field: string; operator: Operator; value?: Value; values?: Value[] };
export type Condition = Test | { and: Condition[] } | { or: Condition[] } | { not: Condition };

export type Operator =
  | 'equals'
  | 'not_equals'
  | 'less'
  | 'at_most'
  | 'more'
  | 'at_least'
  | 'between'
  | 'contains'
  | 'not_contains'
  | 'starts_with'
  | 'ends_with'
  | 'in'
  | 'not_in'
  | 'is_empty'
  | 'is_not_empty'
  | 'has'
  | 'has_none'
  | 'within'
  | 'before_now'
  | 'after_now';

export type Kind = 'text' | 'number' | 'money' | 'day' | 'instant' | 'word' | 'record' | 'flag' | 'list';

export const isTest = (condition: Condition): condition is Test => 'field' in condition;
export const isGroup = (condition: Condition): condition is { and: Condition[] } | { or: Condition[] } =>
  'and' in condition || 'or' in condition;

/** What each kind of field can be asked, most used first. */
export const operatorsOf: Record<Kind, Operator[]> = {
  text: ['contains', 'not_contains', 'equals', 'not_equals', 'starts_with', 'ends_with', 'is_empty', 'is_not_empty'],
  number: ['equals', 'not_equals', 'at_least', 'at_most', 'more', 'less', 'between', 'is_empty', 'is_not_empty'],
  money: ['at_least', 'at_most', 'more', 'less', 'between', 'equals', 'is_empty', 'is_not_empty'],
  day: ['within', 'before_now', 'after_now', 'equals', 'less', 'more', 'between', 'is_empty', 'is_not_empty'],
  instant: ['within', 'before_now', 'after_now', 'less', 'more', 'between', 'is_empty', 'is_not_empty'],
  word: ['in', 'not_in', 'is_empty', 'is_not_empty'],
  record: ['in', 'not_in', 'is_empty', 'is_not_empty'],
  flag: ['equals'],
  list: ['has', 'has_none', 'is_empty', 'is_not_empty'],
};

export const operatorNames: Record<Operator, string> = {
  equals: 'is',
  not_equals: 'is not',
  less: 'is less than',
  at_most: 'is at most',
  more: 'is more than',
  at_least: 'is at least',
  between: 'is between',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'begins with',
  ends_with: 'ends with',
  in: 'is one of',
  not_in: 'is none of',
  is_empty: 'is empty',
  is_not_empty: 'is set',
  has: 'has',
  has_none: 'has none of',
  within: 'is',
  before_now: 'is in the past',
  after_now: 'is in the future',
};

/** For days and instants, "less" reads better as "before". */
export const nameOf = (operator: Operator, kind: Kind) => {
  if (kind === 'day' || kind === 'instant') {
    if (operator === 'less') return 'is before';
    if (operator === 'more') return 'is after';
  }
  return operatorNames[operator];
};

export const periods = [
  'today',
  'yesterday',
  'tomorrow',
  'this_week',
  'last_week',
  'next_week',
  'this_month',
  'last_month',
  'next_month',
  'this_quarter',
  'last_quarter',
  'next_quarter',
  'this_year',
  'last_year',
  'next_year',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'next_7_days',
  'next_30_days',
  'next_90_days',
];

export const wants = (operator: Operator): 'none' | 'one' | 'two' | 'many' => {
  if (operator === 'is_empty' || operator === 'is_not_empty' || operator === 'before_now' || operator === 'after_now') return 'none';
  if (operator === 'between') return 'two';
  return operator === 'in' || operator === 'not_in' || operator === 'has' || operator === 'has_none' ? 'many' : 'one';
};

/** Whether all that the operator wants is there; half a test is kept while somebody writes it, and not sent. */
export const isComplete = (condition: Condition): boolean => {
  if ('not' in condition) return isComplete(condition.not);
  if ('and' in condition) return condition.and.every(isComplete);
  if ('or' in condition) return condition.or.every(isComplete);
  const values = condition.values ?? (condition.value === undefined ? [] : [condition.value]);
  const filled = values.filter(value => value !== null && value !== '');
  const wanted = wants(condition.operator);
  return wanted === 'none' || (wanted === 'two' ? filled.length === 2 : filled.length > 0);
};

/** Only what is complete; null when nothing is left. */
export const complete = (condition: Condition | null): Condition | null => {
  if (!condition) return null;
  if ('not' in condition) {
    const inner = complete(condition.not);
    return inner && { not: inner };
  }
  if (isTest(condition)) return isComplete(condition) ? condition : null;
  const parts = ('and' in condition ? condition.and : condition.or).flatMap(part => complete(part) ?? []);
  if (parts.length === 0) return null;
  if (parts.length === 1) return parts[0]!;
  return 'and' in condition ? { and: parts } : { or: parts };
};

/** All of them must hold. */
export const allOf = (...conditions: (Condition | null | undefined)[]): Condition | null => {
  const parts = conditions.flatMap(one => (one ? ('and' in one ? one.and : [one]) : []));
  return parts.length === 0 ? null : parts.length === 1 ? parts[0]! : { and: parts };
};

/** For addresses and for "where". */
export const write = (condition: Condition | null | undefined) => (condition ? JSON.stringify(condition) : undefined);

export const read = (text: string | null | undefined): Condition | null => {
  if (!text) return null;
  try {
    const json = JSON.parse(text) as Condition;
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : null;
  } catch {
    return null;
  }
};
