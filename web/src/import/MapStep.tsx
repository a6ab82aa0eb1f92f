import { Alert, Badge, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import type { Preview } from './imports';
import { formatOf, formatsOf, type Mapping, reformat, retarget, targetOf, theirId } from './mapping';

type Props = { preview: Preview; mapping: Mapping; source: string; onMapping: (mapping: Mapping) => void };

const subjects: Record<Mapping['kind'], string> = {
  deals: 'deal',
  organizations: 'organization',
  persons: 'person',
  products: 'product',
  users: 'user',
};
const words = (name: string) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll('_', ' ');

/** Which column becomes what: as the headings suggest, and as a person corrects it. */
export const MapStep = ({ preview, mapping, source, onMapping }: Props) => {
  const catalog = useCatalog();
  const custom = catalog.fields.filter(field => field.subject === subjects[mapping.kind]);
  const targets = [
    {
      group: 'Record',
      items: [
        { value: theirId, label: 'The id in the other system' },
        ...preview.fields.map(field => ({ value: field.name, label: words(field.name) })),
      ],
    },
    ...(mapping.kind === 'products'
      ? [{ group: 'Prices', items: catalog.currencies.map(one => ({ value: `price:${one.code}`, label: `Price in ${one.code}` })) }]
      : []),
    ...(custom.length > 0
      ? [{ group: 'Custom fields', items: custom.map(field => ({ value: `custom:${field.name}`, label: field.name })) }]
      : []),
  ];
  const left = preview.headers.filter(header => targetOf(mapping, header) === null);
  return (
    <Stack>
      <Group gap="xs">
        <Text>
          These rows are imported as <strong>{mapping.kind}</strong>.
        </Text>
        {left.length > 0 && (
          <Badge color="gray" variant="light" tt="none">
            {left.length} {left.length === 1 ? 'column is' : 'columns are'} left out
          </Badge>
        )}
      </Group>
      {preview.undecided.length > 0 && (
        <Alert color="orange.9" variant="light" title="Say how these are written">
          {preview.undecided.join(', ')}: the cells can be read in several ways. Cells that stay in doubt are refused, never guessed.
        </Alert>
      )}
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Column</Table.Th>
              <Table.Th>For example</Table.Th>
              <Table.Th>Becomes</Table.Th>
              <Table.Th>Written as</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.headers.map((header, at) => {
              const target = targetOf(mapping, header);
              const formats = formatsOf(target?.startsWith('price:') ? 'money' : preview.fields.find(field => field.name === target)?.type);
              const samples = [...new Set(preview.rows.map(row => row.cells[at] ?? '').filter(Boolean))].slice(0, 3);
              return (
                <Table.Tr key={header}>
                  <Table.Td fw={600}>{header}</Table.Td>
                  <Table.Td maw={260}>
                    <Text size="sm" c="dimmed" truncate>
                      {samples.join(' · ') || 'empty'}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Select
                      aria-label={`${header} becomes`}
                      searchable
                      clearable
                      placeholder="Left out"
                      value={target}
                      onChange={next => onMapping(retarget(mapping, header, next, source))}
                      data={targets}
                    />
                  </Table.Td>
                  <Table.Td w={170}>
                    {formats.length > 0 && (
                      <Select
                        aria-label={`${header} is written as`}
                        clearable
                        placeholder="Automatic"
                        value={formatOf(mapping, header)}
                        onChange={next => onMapping(reformat(mapping, header, next))}
                        data={[
                          ...formats,
                          ...[formatOf(mapping, header)].flatMap(one =>
                            one && !formats.some(known => known.value === one) ? [{ value: one, label: one }] : [],
                          ),
                        ]}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
};
