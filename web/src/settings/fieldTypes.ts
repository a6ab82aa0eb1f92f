import type { FieldDefinition } from '../api/types';

export type Subject = FieldDefinition['subject'];
export const subjects: Subject[] = ['deal', 'person', 'organization', 'product', 'activity'];

export const types: { value: FieldDefinition['type']; label: string }[] = [
  { value: 'varchar', label: 'Text, one line' },
  { value: 'text', label: 'Text, many lines' },
  { value: 'double', label: 'Number' },
  { value: 'monetary', label: 'Money' },
  { value: 'enum', label: 'One choice' },
  { value: 'set', label: 'Several choices' },
  { value: 'date', label: 'Date' },
  { value: 'daterange', label: 'Date range' },
  { value: 'time', label: 'Time' },
  { value: 'timerange', label: 'Time range' },
  { value: 'user', label: 'User' },
  { value: 'people', label: 'Person' },
  { value: 'org', label: 'Organization' },
  { value: 'phone', label: 'Phone' },
  { value: 'address', label: 'Address' },
  { value: 'varchar_auto', label: 'Text, completed while typing' },
];
export const typeName = (type: FieldDefinition['type']) => types.find(one => one.value === type)?.label ?? type;
export const hasOptions = (type: string) => type === 'enum' || type === 'set';

/** How many fields of a kind of record have an index, at most. */
export const maxIndexed = 30;

/** Why a field cannot have an index, in a sentence; nothing when it can (docs/fields.md). */
export const noIndexBecause = (subject: Subject, type: FieldDefinition['type'], indexed: number) => {
  if (subject !== 'deal' && subject !== 'person' && subject !== 'organization') return 'Only fields of deals, persons and organizations.';
  if (type === 'text' || type === 'address') return 'Not for long texts and addresses: search finds these.';
  if (indexed >= maxIndexed) return `${maxIndexed} fields of this kind have one, and that is as many as there may be.`;
};
