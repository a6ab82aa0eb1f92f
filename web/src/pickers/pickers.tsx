import { Group, MultiSelect, type MultiSelectProps, Select, type SelectProps, Text } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import { UserAvatar } from '../ui/UserAvatar';

type One = Omit<SelectProps, 'data' | 'value' | 'onChange'> & { value: number | null | undefined; onChange: (id: number | null) => void };
type Many = Omit<MultiSelectProps, 'data' | 'value' | 'onChange'> & { value: number[]; onChange: (ids: number[]) => void };

const option = (row: { id: number; name: string }) => ({ value: String(row.id), label: row.name });
const single = ({ value, onChange, ...props }: One) => ({
  ...props,
  value: value == null ? null : String(value),
  onChange: (id: string | null) => onChange(id ? Number(id) : null),
  searchable: true,
});
const several = ({ value, onChange, ...props }: Many) => ({
  ...props,
  value: value.map(String),
  onChange: (ids: string[]) => onChange(ids.map(Number)),
  searchable: true,
});

/** Active users, and the one that is chosen even if they are not active any more. */
export const UserPicker = (props: One) => {
  const catalog = useCatalog();
  return (
    <Select
      {...single(props)}
      data={catalog.users.filter(user => user.is_active || user.id === props.value).map(option)}
      renderOption={({ option: one }) => (
        <Group gap="xs" wrap="nowrap">
          <UserAvatar user={catalog.user(Number(one.value))} size={22} />
          <Text size="sm">{one.label}</Text>
        </Group>
      )}
    />
  );
};

export const PipelinePicker = (props: One) => <Select {...single(props)} data={useCatalog().pipelines.map(option)} />;

/** The stages deals can be in; of one pipeline, or of all under their pipelines' names. */
export const StagePicker = ({ pipelineId, ...props }: One & { pipelineId?: number | null }) => {
  const catalog = useCatalog();
  const open = (id: number) =>
    catalog
      .stagesOf(id)
      .filter(stage => stage.kind === 'open')
      .map(option);
  return (
    <Select
      {...single(props)}
      data={pipelineId ? open(pipelineId) : catalog.pipelines.map(pipeline => ({ group: pipeline.name, items: open(pipeline.id) }))}
    />
  );
};

export const LabelPicker = ({ subject = 'deal', ...props }: Many & { subject?: string }) => (
  <MultiSelect
    {...several(props)}
    data={useCatalog()
      .labels.filter(label => label.subject === subject)
      .map(option)}
  />
);

/** By code; the codes the workspace uses. */
export const CurrencyPicker = ({ value, onChange, ...props }: Omit<SelectProps, 'data'>) => (
  <Select
    {...props}
    value={value}
    onChange={onChange}
    searchable
    allowDeselect={false}
    data={useCatalog().currencies.map(currency => ({ value: currency.code, label: `${currency.code} · ${currency.name}` }))}
  />
);

export const ActivityTypePicker = ({ value, onChange, ...props }: Omit<SelectProps, 'data'>) => (
  <Select
    {...props}
    value={value}
    onChange={onChange}
    allowDeselect={false}
    data={useCatalog().activityTypes.map(type => ({ value: type.key, label: type.name }))}
  />
);
