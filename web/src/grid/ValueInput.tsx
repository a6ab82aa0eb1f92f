import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { RecordPicker } from '../pickers/RecordPicker';
import type { Editor, EditorValue, Option } from './column';

type Props = {
  editor: Editor<never>;
  options?: Option[];
  value: EditorValue;
  onChange: (value: EditorValue) => void;
  /** For choices inside a cell: what is chosen is done. */
  onPick?: (value: EditorValue) => void;
  label?: string;
  'aria-label'?: string;
  autoFocus?: boolean;
  /** The input of a dialog that has the focus first. */
  'data-autofocus'?: boolean;
  required?: boolean;
  error?: string;
};

const grouped = (options: Option[]) => {
  if (!options.some(one => one.group)) return options;
  const groups = new Map<string, Option[]>();
  for (const one of options) groups.set(one.group ?? '', [...(groups.get(one.group ?? '') ?? []), one]);
  return [...groups].map(([group, items]) => ({ group, items: items.map(({ value, label }) => ({ value, label })) }));
};

/** The input for a value of any kind; cells, bulk edits and forms use the same one. */
export const ValueInput = ({ editor, options = [], value, onChange, onPick, autoFocus, ...shared }: Props) => {
  const pick = onPick ?? onChange;
  switch (editor.kind) {
    case 'number':
      return (
        <NumberInput
          {...shared}
          autoFocus={autoFocus}
          hideControls
          thousandSeparator
          decimalScale={4}
          value={value === null ? '' : Number(value)}
          onChange={next => onChange(next === '' ? null : String(next))}
        />
      );
    case 'day':
      return (
        <TextInput
          {...shared}
          type="date"
          autoFocus={autoFocus}
          value={(value as string) ?? ''}
          onChange={event => onChange(event.currentTarget.value || null)}
        />
      );
    case 'choice':
      return (
        <Select
          {...shared}
          autoFocus={autoFocus}
          defaultDropdownOpened={autoFocus}
          searchable
          selectFirstOptionOnChange
          allowDeselect={false}
          clearable={!editor.required}
          data={grouped(options)}
          value={value as string | null}
          onChange={pick}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          {...shared}
          autoFocus={autoFocus}
          defaultDropdownOpened={autoFocus}
          searchable
          data={grouped(options)}
          value={(value as string[]) ?? []}
          onChange={onChange}
        />
      );
    case 'record':
      return (
        <RecordPicker
          {...shared}
          autoFocus={autoFocus}
          kind={editor.record}
          value={value as { id: number; name: string } | null}
          onChange={pick}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          autoFocus={autoFocus}
          value={(value as string) ?? ''}
          onChange={event => onChange(event.currentTarget.value || null)}
        />
      );
  }
};
