import { Autocomplete, Checkbox, Select, TagsInput, Textarea } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Circle, FieldDefinition } from '../api/types';
import { CirclePicker } from '../pickers/CirclePicker';
import { FormModal } from '../ui/FormModal';
import { useGiven } from '../ui/useGiven';
import { hasOptions, noIndexBecause, type Subject, types } from './fieldTypes';
import { NameField } from './NameField';

const everyone: Circle = { roles: [], user_ids: [], group_ids: [] };

type Props = { subject: Subject; field: FieldDefinition | null; onClose: () => void };

/** A field, new or changed: its name, its type, where it stands and who fills it in. */
export const FieldForm = ({ subject, field, onClose }: Props) => {
  const [given, set] = useGiven({
    name: field?.name ?? '',
    type: field?.type ?? ('varchar' as FieldDefinition['type']),
    description: field?.description ?? '',
    options: [] as string[],
    group: field?.group ?? '',
    editors: (field?.editors ?? everyone) as Circle,
    readers: (field?.readers ?? everyone) as Circle,
    is_indexed: field?.is_indexed ?? false,
  });
  const siblings = useCatalog().fields.filter(one => one.subject === subject && one.id !== field?.id);
  const groups = [...new Set(siblings.flatMap(one => one.group || []))];
  const unindexed = noIndexBecause(subject, given.type, siblings.filter(one => one.is_indexed).length);
  const send = () => {
    const { name, type, options, editors, readers } = given;
    const is_indexed = given.is_indexed && !unindexed;
    const shared = { name, description: given.description || null, group: given.group.trim() || null, editors, readers, is_indexed };
    if (field) return ask(api.PATCH('/api/v1/fields/{id}', { params: { path: { id: field.id } }, body: shared }));
    return ask(
      api.POST('/api/v1/fields', {
        body: { subject, type, ...shared, ...(hasOptions(type) ? { options: options.map(label => ({ label })) } : {}) },
      }),
    );
  };
  return (
    <FormModal
      title={field ? `Change ${field.name}` : `New field for ${subject === 'activity' ? 'activities' : `${subject}s`}`}
      keys={['fields']}
      done={`${given.name} saved.`}
      onClose={onClose}
      onSubmit={send}
    >
      {errors => (
        <>
          <NameField value={given.name} error={errors.name} onChange={name => set({ name })} />
          {!field && (
            <Select
              label="Type"
              description="Changed later only as far as the values allow"
              searchable
              allowDeselect={false}
              value={given.type}
              error={errors.type}
              data={types}
              onChange={type => set({ type: (type ?? 'varchar') as FieldDefinition['type'] })}
            />
          )}
          {!field && hasOptions(given.type) && (
            <TagsInput label="Choices" required value={given.options} error={errors.options} onChange={options => set({ options })} />
          )}
          <Autocomplete
            label="Group"
            description="The heading it stands under on the record"
            value={given.group}
            error={errors.group}
            data={groups}
            onChange={group => set({ group })}
          />
          <CirclePicker
            label="Who sees it"
            description="Admins always do. For everyone else the field is not there: not on records, in lists, searches, histories or any API"
            value={given.readers}
            error={errors.readers ?? errors['readers.user_ids'] ?? errors['readers.group_ids']}
            onChange={readers => set({ readers })}
          />
          <CirclePicker
            label="Who may fill it in"
            description="Admins always may; of the others, those named here who see it"
            value={given.editors}
            error={errors['editors.user_ids'] ?? errors['editors.group_ids']}
            onChange={editors => set({ editors })}
          />
          <Checkbox
            label="Fast filters by this field"
            description={
              unindexed ?? 'Its values are kept in an index, made in the background: lists find them at once, writing takes a little longer'
            }
            checked={given.is_indexed && !unindexed}
            disabled={unindexed !== undefined}
            error={errors.is_indexed}
            onChange={event => set({ is_indexed: event.currentTarget.checked })}
          />
          <Textarea
            label="Description"
            autosize
            minRows={2}
            value={given.description}
            error={errors.description}
            onChange={event => set({ description: event.currentTarget.value })}
          />
        </>
      )}
    </FormModal>
  );
};
