import { Text } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import type { DealPatch } from '../api/types';
import type { EditorValue } from '../grid/column';
import { ValueInput } from '../grid/ValueInput';
import { nameOf } from './entry';
import { inputOf } from './inputs';

export type Given = Record<string, EditorValue>;

type Props = { names: string[]; currency: string; given: Given; onChange: (given: Given) => void; errors?: Record<string, string> };

/** An input for each field that a stage asks for. */
export const EntryInputs = ({ names, currency, given, onChange, errors = {} }: Props) => {
  const catalog = useCatalog();
  return names.map((name, index) => {
    const input = inputOf(name, catalog, currency);
    const label = nameOf(name, catalog.fields);
    if (!input) {
      return (
        <Text key={name} size="sm" c="dimmed">
          {label}: fill it in on the deal.
        </Text>
      );
    }
    return (
      <ValueInput
        key={name}
        label={name === 'value' ? `${label} (${currency})` : label}
        editor={input.editor}
        options={input.options}
        value={given[name] ?? null}
        onChange={value => onChange({ ...given, [name]: value })}
        error={errors[name]}
        data-autofocus={index === 0 || undefined}
        required
      />
    );
  });
};

/** What the inputs come to, as a change of a deal. */
export const patchOf = (given: Given, names: string[], catalog: ReturnType<typeof useCatalog>, currency: string): DealPatch => {
  const patch: Record<string, unknown> = {};
  for (const name of names) {
    const value = given[name];
    const part = value == null || value === '' ? undefined : inputOf(name, catalog, currency)?.editor.patch(value);
    for (const [key, sent] of Object.entries(part ?? {}))
      patch[key] = key === 'custom' ? { ...(patch.custom as object), ...(sent as object) } : sent;
  }
  return patch as DealPatch;
};
