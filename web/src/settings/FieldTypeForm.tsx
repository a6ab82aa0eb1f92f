import { Alert, Anchor, Loader, Select, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { explain } from '../api/problem';
import type { FieldDefinition, FieldTypePreview } from '../api/types';
import { CardTable } from '../ui/CardTable';
import { FormModal } from '../ui/FormModal';
import { useFormat } from '../ui/useFormat';
import { typeName } from './fieldTypes';

type Type = FieldDefinition['type'];

/** Another type for a field: what would become of its values, before anything does. */
export const FieldTypeForm = ({ field, onClose }: { field: FieldDefinition; onClose: () => void }) => {
  const [type, setType] = useState<Type | null>(null);
  const path = { params: { path: { id: field.id } } };
  const preview = useQuery({
    // Not one of the fields' own queries: those are read again when the type has changed, and then this has nothing to say any more.
    queryKey: ['type-preview', field.id, field.version, type],
    queryFn: () => ask(api.POST('/api/v1/fields/{id}/type/preview', { ...path, body: { type: type!, examples: 20 } })),
    enabled: type !== null,
    retry: false,
  });
  const send = async () => {
    if (!type) return;
    const begun = await ask(api.POST('/api/v1/fields/{id}/type', { ...path, body: { type, version: field.version } }));
    for (;;) {
      const job = await ask(api.GET('/api/v1/jobs/{uid}', { params: { path: { uid: begun.uid! } } }));
      if (job.state === 'completed') return;
      if (job.state === 'failed' || job.state === 'rejected')
        throw new Error((job.result as { error?: string } | null)?.error ?? 'It could not be done.');
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  };
  const gone = preview.data ? preview.data.lost : 0;
  return (
    <FormModal
      title={`Change the type of ${field.name}`}
      submit={gone > 0 ? `Change it and lose ${gone}` : 'Change the type'}
      danger={gone > 0}
      disabled={!preview.data}
      size="lg"
      keys={['fields', 'catalog', `${field.subject}s`, 'leads']}
      done={`${field.name} is now: ${type ? typeName(type) : ''}.`}
      onClose={onClose}
      onSubmit={send}
    >
      {errors => (
        <>
          <Text size="sm">
            It is <b>{typeName(field.type)}</b> now. Its names in the APIs stay; every value is converted at once, and the history keeps
            what was there.
          </Text>
          <Select
            label="New type"
            data-autofocus
            allowDeselect={false}
            value={type}
            error={errors.type}
            data={field.changes_into.map(value => ({ value, label: typeName(value as Type) }))}
            onChange={value => setType(value as Type | null)}
          />
          {preview.isFetching && <Loader size="sm" role="img" aria-label="Looking at the values" />}
          {preview.error && (
            <Alert color="red" role="alert">
              {explain(preview.error)}
            </Alert>
          )}
          {preview.data && <Preview preview={preview.data} />}
        </>
      )}
    </FormModal>
  );
};

const Preview = ({ preview }: { preview: FieldTypePreview }) => {
  const format = useFormat();
  const { total, kept, reduced, lost, choices, examples, uses } = preview;
  return (
    <Stack gap="sm" role="status" aria-label="What would happen">
      <Alert
        color={lost > 0 ? 'red' : reduced > 0 ? 'yellow' : 'green'}
        icon={lost + reduced > 0 ? <IconAlertTriangle aria-hidden /> : <IconCircleCheck aria-hidden />}
        title={
          total === 0
            ? 'No record has a value'
            : lost > 0
              ? `${format.number(lost)} of ${format.number(total)} values would be lost`
              : reduced > 0
                ? `${format.number(reduced)} of ${format.number(total)} values would lose a part`
                : `All ${format.number(total)} values stay`
        }
      >
        {total > 0 &&
          lost + reduced > 0 &&
          `${format.number(kept)} stay whole, ${format.number(reduced)} lose a part, ${format.number(lost)} are lost.`}
        {choices.length > 0 && (
          <Text size="sm">
            Choices: {choices.slice(0, 12).join(', ')}
            {choices.length > 12 ? ` and ${choices.length - 12} more` : ''}.
          </Text>
        )}
      </Alert>
      {examples.length > 0 && (
        <div style={{ maxHeight: 260, overflow: 'auto' }}>
          <CardTable label="Values that would not stay as they are" head={['Record', 'Now', 'Afterwards']}>
            {examples.map(one => (
              <Table.Tr key={`${one.subject}${one.id}`}>
                <Table.Td>
                  <Name subject={one.subject} id={one.id} name={one.name} />
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'break-word' }}>{one.before}</Table.Td>
                <Table.Td style={{ overflowWrap: 'break-word' }}>
                  {one.after ?? (
                    <Text span size="sm" c="red.8" fw={600}>
                      lost
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </CardTable>
        </div>
      )}
      {uses.length > 0 && (
        <Text size="sm">
          To look at afterwards: {uses.map(use => `${use.kind === 'filter' ? 'the view' : 'the automation'} ${use.name}`).join(', ')}.
        </Text>
      )}
    </Stack>
  );
};

const paths: Record<string, string> = {
  deal: '/deals',
  person: '/contacts/persons',
  organization: '/contacts/organizations',
  product: '/products',
};

const Name = ({ subject, id, name }: { subject: string; id: number; name: string }) => {
  const path = paths[subject];
  return path ? (
    <Anchor component={Link} to={`${path}/${id}`} size="sm">
      {name}
    </Anchor>
  ) : (
    <span>{name}</span>
  );
};
