import { ActionIcon, Button, Code, Menu, Select, Stack, Table, Tabs, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { FieldDefinition } from '../api/types';
import { useSession } from '../session/useSession';
import { Empty } from '../ui/states';
import { Tone } from '../ui/Tone';
import { FieldOptions } from './FieldOptions';
import { FormModal } from './FormModal';
import { Section } from './Section';

type Subject = FieldDefinition['subject'];
const subjects: Subject[] = ['deal', 'person', 'organization', 'product', 'activity'];

const types: { value: FieldDefinition['type']; label: string }[] = [
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
const typeName = (type: FieldDefinition['type']) => types.find(one => one.value === type)?.label ?? type;
const hasOptions = (type: string) => type === 'enum' || type === 'set';

type Asked = { what: 'new' } | { what: 'edit' | 'options' | 'delete'; field: FieldDefinition } | null;

/** Fields that a workspace adds to its records. */
export default function FieldsSection() {
  const { mayManage } = useSession();
  const [params, setParams] = useSearchParams();
  const { fields } = useCatalog();
  const [asked, setAsked] = useState<Asked>(null);
  const subject = subjects.find(one => one === params.get('of')) ?? 'deal';
  const rows = fields.filter(field => field.subject === subject).sort((a, b) => a.position - b.position);
  return (
    <Section
      title="Custom fields"
      lead="Each API names a field in its own way: Pipedrive by a key of 40 digits, the others by a slug that follows from its first name. Neither ever changes, and neither does the type. Leads have the fields of deals."
      actions={
        mayManage && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked({ what: 'new' })}>
            Field
          </Button>
        )
      }
    >
      <Tabs value={subject} onChange={of => setParams({ of: of ?? 'deal' }, { replace: true })}>
        <Tabs.List>
          {subjects.map(one => (
            <Tabs.Tab key={one} value={one} tt="capitalize">
              {one === 'activity' ? 'activities' : `${one}s`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      {rows.length === 0 ? (
        <Empty title="No custom fields yet">Add what your work needs and the standard fields lack.</Empty>
      ) : (
        <div style={{ overflowX: 'auto' }}>
          <Table aria-label="Custom fields" style={{ background: 'var(--t-surface)' }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Type</Table.Th>
                <Table.Th>Names in the APIs</Table.Th>
                <Table.Th>Filled in</Table.Th>
                <Table.Th>
                  <span className="visually-hidden">Actions</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(field => (
                <Table.Tr key={field.id}>
                  <Table.Td>
                    <Text size="sm" fw={600}>
                      {field.name}
                    </Text>
                    {field.description && (
                      <Text size="xs" c="dimmed">
                        {field.description}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>
                    {typeName(field.type)}
                    {hasOptions(field.type) && <Tone>{field.options.length}</Tone>}
                  </Table.Td>
                  <Table.Td>
                    <Stack gap={2} align="flex-start">
                      <Code>{field.slug}</Code>
                      <Code fz={11}>{field.key}</Code>
                    </Stack>
                  </Table.Td>
                  <Table.Td>
                    <Usage field={field} />
                  </Table.Td>
                  <Table.Td>
                    {mayManage && (
                      <Menu position="bottom-end">
                        <Menu.Target>
                          <ActionIcon variant="subtle" color="gray" aria-label={`More for ${field.name}`}>
                            <IconDots size={16} aria-hidden />
                          </ActionIcon>
                        </Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={() => setAsked({ what: 'edit', field })}>
                            Rename or describe…
                          </Menu.Item>
                          {hasOptions(field.type) && <Menu.Item onClick={() => setAsked({ what: 'options', field })}>Choices…</Menu.Item>}
                          <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={() => setAsked({ what: 'delete', field })}>
                            Delete…
                          </Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {(asked?.what === 'new' || asked?.what === 'edit') && (
        <FieldForm subject={subject} field={asked.what === 'edit' ? asked.field : null} onClose={() => setAsked(null)} />
      )}
      {asked?.what === 'options' && <FieldOptions id={asked.field.id} onClose={() => setAsked(null)} />}
      {asked?.what === 'delete' && (
        <FormModal
          title={`Delete the field ${asked.field.name}?`}
          submit="Delete the field"
          danger
          keys={['fields', 'deals']}
          done={`${asked.field.name} deleted.`}
          onClose={() => setAsked(null)}
          onSubmit={() => ask(api.DELETE('/api/v1/fields/{id}', { params: { path: { id: asked.field.id } } }))}
        >
          {() => (
            <Text size="sm" component="div">
              Its values are hidden everywhere, also in the APIs. Records that have one: <Usage field={asked.field} />.
            </Text>
          )}
        </FormModal>
      )}
    </Section>
  );
}

/** In how many records a field is filled in, counted when somebody looks. */
const Usage = ({ field }: { field: FieldDefinition }) => {
  const query = { where: JSON.stringify({ field: `custom.${field.slug}`, operator: 'is_not_empty' }), limit: 1, total: true };
  const { data, error } = useQuery({
    queryKey: [`${field.subject}s`, 'usage', field.id],
    queryFn: async () => {
      if (field.subject === 'deal') return (await ask(api.GET('/api/v1/deals', { params: { query } }))).total;
      if (field.subject === 'person') return (await ask(api.GET('/api/v1/persons', { params: { query } }))).total;
      if (field.subject === 'organization') return (await ask(api.GET('/api/v1/organizations', { params: { query } }))).total;
      if (field.subject === 'product') return (await ask(api.GET('/api/v1/products', { params: { query } }))).total;
      return (await ask(api.GET('/api/v1/activities', { params: { query } }))).total;
    },
  });
  return <span className="tabular">{error ? '–' : (data ?? '…')}</span>;
};

const FieldForm = ({ subject, field, onClose }: { subject: Subject; field: FieldDefinition | null; onClose: () => void }) => {
  const [given, setGiven] = useState({
    name: field?.name ?? '',
    type: field?.type ?? ('varchar' as FieldDefinition['type']),
    description: field?.description ?? '',
    options: [] as string[],
  });
  const set = (part: Partial<typeof given>) => setGiven(before => ({ ...before, ...part }));
  const send = () => {
    const { name, type, options } = given;
    const description = given.description || null;
    if (field) return ask(api.PATCH('/api/v1/fields/{id}', { params: { path: { id: field.id } }, body: { name, description } }));
    return ask(
      api.POST('/api/v1/fields', {
        body: { subject, name, type, description, ...(hasOptions(type) ? { options: options.map(label => ({ label })) } : {}) },
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
          <TextInput
            label="Name"
            required
            data-autofocus
            value={given.name}
            error={errors.name}
            onChange={event => set({ name: event.currentTarget.value })}
          />
          {!field && (
            <Select
              label="Type"
              description="It never changes"
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
