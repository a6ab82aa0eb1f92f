import { Anchor, Button, Code, Menu, Stack, Table, Tabs, Text } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { FieldDefinition } from '../api/types';
import { useSession } from '../session/useSession';
import { peopleOf } from '../stages/entry';
import { FormModal } from '../ui/FormModal';
import { RowMenu } from '../ui/RowMenu';
import { Tone } from '../ui/Tone';
import { FieldForm } from './FieldForm';
import { FieldIndexState } from './FieldIndexState';
import { FieldOptions } from './FieldOptions';
import { FieldTypeForm } from './FieldTypeForm';
import { FieldUsage } from './FieldUsage';
import { hasOptions, subjects, typeName } from './fieldTypes';
import { Rows } from './Rows';
import { Section } from './Section';
import { SeenBy } from './SeenBy';

type Asked = { what: 'new' } | { what: 'edit' | 'type' | 'options' | 'delete'; field: FieldDefinition } | null;

/** Fields that a workspace adds to its records. */
export default function FieldsSection() {
  const { mayManage } = useSession();
  const [params, setParams] = useSearchParams();
  const catalog = useCatalog();
  const [asked, setAsked] = useState<Asked>(null);
  const subject = subjects.find(one => one === params.get('of')) ?? 'deal';
  const rows = catalog.fields
    .filter(field => field.subject === subject)
    .sort((a, b) => (a.group ?? '').localeCompare(b.group ?? '') || a.position - b.position);
  return (
    <Section
      title="Custom fields"
      lead="Each API names a field in its own way: Pipedrive by a key of 40 digits, the others by a slug that follows from its first name. Neither ever changes. Leads have the fields of deals."
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
      <Rows
        label="Custom fields"
        query={{ data: { data: rows }, error: catalog.error, isLoading: catalog.isLoading, refetch: () => {} }}
        head={['Name', 'Type', 'Names in the APIs', 'Asked for', 'Filled in', '']}
        empty="Add what your work needs and the standard fields lack."
      >
        {field => (
          <Table.Tr key={field.id}>
            <Table.Td>
              <Text size="sm" fw={600}>
                {field.name}
              </Text>
              <SeenBy field={field} />
              <FieldIndexState field={field} />
              {field.group && (
                <Text size="xs" c="dimmed">
                  In {field.group}
                </Text>
              )}
              {field.description && (
                <Text size="xs" c="dimmed">
                  {field.description}
                </Text>
              )}
            </Table.Td>
            <Table.Td style={{ whiteSpace: 'nowrap' }}>
              {typeName(field.type)} {hasOptions(field.type) && <Tone>{field.options.length}</Tone>}
            </Table.Td>
            <Table.Td>
              <Stack gap={2} align="flex-start">
                <Code>{field.slug}</Code>
                <Text size="xs" c="dimmed">
                  Pipedrive: <Code fz={11}>{field.key}</Code>
                </Text>
              </Stack>
            </Table.Td>
            <Table.Td>
              <AskedFor field={field} />
            </Table.Td>
            <Table.Td>
              <FieldUsage field={field} />
            </Table.Td>
            <Table.Td>
              {mayManage && (
                <RowMenu name={field.name}>
                  <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={() => setAsked({ what: 'edit', field })}>
                    Change…
                  </Menu.Item>
                  {field.changes_into.length > 0 && <Menu.Item onClick={() => setAsked({ what: 'type', field })}>Another type…</Menu.Item>}
                  {hasOptions(field.type) && <Menu.Item onClick={() => setAsked({ what: 'options', field })}>Choices…</Menu.Item>}
                  <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={() => setAsked({ what: 'delete', field })}>
                    Delete…
                  </Menu.Item>
                </RowMenu>
              )}
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
      {(asked?.what === 'new' || asked?.what === 'edit') && (
        <FieldForm subject={subject} field={asked.what === 'edit' ? asked.field : null} onClose={() => setAsked(null)} />
      )}
      {asked?.what === 'type' && <FieldTypeForm field={asked.field} onClose={() => setAsked(null)} />}
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
              Its values are hidden everywhere, also in the APIs. Records that have one: <FieldUsage field={asked.field} />.
            </Text>
          )}
        </FormModal>
      )}
    </Section>
  );
}

/** Where a field must be filled in, and by whom only. */
const AskedFor = ({ field }: { field: FieldDefinition }) => {
  const { stages, pipeline, user } = useCatalog();
  const asking = field.subject === 'deal' ? stages.filter(stage => stage.rules?.required.includes(`custom.${field.slug}`)) : [];
  const editors = peopleOf(field.editors, id => user(id)?.name);
  return (
    <Stack gap={2} align="flex-start">
      {asking.map(stage => (
        <Anchor key={stage.id} size="sm" component={Link} to={`/settings/pipelines?pipeline=${stage.pipeline_id}`}>
          {stage.name} · {pipeline(stage.pipeline_id)?.name}
        </Anchor>
      ))}
      {editors.length > 0 && (
        <Text size="xs" c="dimmed">
          Filled in by {editors.join(', ')}
        </Text>
      )}
      {asking.length + editors.length === 0 && '–'}
    </Stack>
  );
};
