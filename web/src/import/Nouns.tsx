import { Table } from '@mantine/core';
import { useFormat } from '../ui/useFormat';
import type { Report } from './imports';

const words = (noun: string) => {
  const text = noun.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** What became of each kind of record, when an import brings several. */
export const Nouns = ({ nouns }: { nouns: NonNullable<Report['nouns']> }) => {
  const format = useFormat();
  if (nouns.length === 0) return null;
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label="By kind of record">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Kind</Table.Th>
            {['Read', 'Created', 'Updated', 'Unchanged', 'Refused'].map(name => (
              <Table.Th key={name} ta="end">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nouns.map(noun => (
            <Table.Tr key={noun.noun}>
              <Table.Td>{words(noun.noun)}</Table.Td>
              {[noun.read, noun.created, noun.updated, noun.unchanged, noun.rejected].map((count, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change
                <Table.Td key={at} ta="end" className="tabular">
                  {format.number(count)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
};
