import { useCatalog } from '../api/catalog';
import type { FieldDefinition } from '../api/types';
import { RecordPicker } from '../pickers/RecordPicker';
import { ChoiceEditor, ChoicesEditor, DayEditor, NumberEditor, TextEditor } from '../ui/editors';
import type { Money, Range } from './customText';
import { MoneyEditor } from './MoneyEditor';
import { RangeEditor } from './RangeEditor';

type EditorProps = { field: FieldDefinition; value: unknown; currency: string; close: () => void; onSave: (value: unknown) => void };

/** The input for a custom value, where it stands. */
export const CustomEditor = ({ field, value, currency, close, onSave }: EditorProps) => {
  const catalog = useCatalog();
  const common = { label: field.name, close };
  const options = field.options.map(one => ({ value: String(one.id), label: one.label }));
  switch (field.type) {
    case 'double':
      return <NumberEditor {...common} value={value as number | null} onSave={onSave} />;
    case 'date':
      return <DayEditor {...common} value={value as string | null} onSave={onSave} />;
    case 'enum':
      return (
        <ChoiceEditor
          {...common}
          choices={options}
          value={value === null ? null : String(value)}
          onSave={next => onSave(next === null ? null : Number(next))}
        />
      );
    case 'set':
      return (
        <ChoicesEditor
          {...common}
          choices={options}
          value={((value as number[] | null) ?? []).map(String)}
          onSave={next => onSave(next.length ? next.map(Number) : null)}
        />
      );
    case 'user':
      return (
        <ChoiceEditor
          {...common}
          choices={catalog.users.map(user => ({ value: String(user.id), label: user.name }))}
          value={value === null ? null : String(value)}
          onSave={next => onSave(next === null ? null : Number(next))}
        />
      );
    case 'org':
    case 'people':
      return (
        <RecordPicker
          kind={field.type === 'org' ? 'organization' : 'person'}
          aria-label={field.name}
          autoFocus
          value={null}
          onChange={picked => {
            onSave(picked?.id ?? null);
            close();
          }}
        />
      );
    case 'monetary':
      return <MoneyEditor {...common} value={value as Money | null} currency={currency} onSave={onSave} />;
    case 'daterange':
    case 'time':
    case 'timerange':
      return <RangeEditor {...common} kind={field.type} value={value as Range | null} onSave={onSave} />;
    case 'address':
      return (
        <TextEditor
          {...common}
          value={(value as { value?: string } | null)?.value ?? ''}
          onSave={next => onSave(next.trim() ? { value: next.trim() } : null)}
        />
      );
    default:
      return (
        <TextEditor
          {...common}
          multiline={field.type === 'text'}
          value={(value as string | null) ?? ''}
          onSave={next => onSave(next.trim() || null)}
        />
      );
  }
};
