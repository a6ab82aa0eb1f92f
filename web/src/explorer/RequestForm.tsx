import { Alert, Badge, Code, Group, JsonInput, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { CoverageDot } from './CoverageDot';
import { type Document, membersOf, type Operation } from './document';
import { type Values, wrongJson } from './request';

type Props = { document: Document; operation: Operation; values: Values; onChange: (values: Values) => void };

/** The parts of a request, each with what the document says of it. */
export const RequestForm = ({ document, operation, values, onChange }: Props) => {
  const members = membersOf(operation.body, document);
  const set = (name: string, value: string) => onChange({ ...values, parameters: { ...values.parameters, [name]: value } });
  return (
    <Stack gap="sm">
      <div>
        <Group gap="xs">
          <Badge variant="light" radius="sm">
            {operation.method}
          </Badge>
          <Code style={{ overflowWrap: 'anywhere' }}>{operation.path}</Code>
          <CoverageDot coverage={operation.coverage} note={operation.note} />
          <Text size="xs" c="dimmed">
            cost {operation.cost}
          </Text>
        </Group>
        <Title order={2} size="h4" mt={6}>
          {operation.summary}
        </Title>
        {operation.description && (
          <Text size="sm" c="dimmed">
            {operation.description}
          </Text>
        )}
        {operation.note && (
          <Alert mt="xs" p="xs" color="yellow" variant="light">
            {operation.note}
          </Alert>
        )}
      </div>
      {operation.parameters.length > 0 && (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xs" verticalSpacing="xs">
          {operation.parameters.map(one => (
            <TextInput
              key={`${one.in} ${one.name}`}
              label={one.name}
              description={one.description}
              required={one.in === 'path' || one.required}
              inputWrapperOrder={['label', 'input', 'description']}
              placeholder={one.schema.enum?.map(String).join(' | ') ?? String(one.schema.type ?? '')}
              value={values.parameters[one.name] ?? ''}
              onChange={event => set(one.name, event.currentTarget.value)}
              size="xs"
            />
          ))}
        </SimpleGrid>
      )}
      {operation.body && (
        <JsonInput
          label={`Body (${operation.bodyType})`}
          description={members.length > 0 && `Members: ${members.map(member => member.name + (member.required ? '*' : '')).join(', ')}`}
          autosize
          minRows={4}
          maxRows={18}
          value={values.body}
          onChange={body => onChange({ ...values, body })}
          error={operation.bodyType?.includes('json') ? wrongJson(values.body) : null}
          styles={{ input: { fontFamily: 'monospace', fontSize: 12 } }}
        />
      )}
    </Stack>
  );
};
