import { Anchor, Group, Table, Text } from '@mantine/core';
import { useRoving } from '../ui/useRoving';
import { CoverageDot } from './CoverageDot';
import type { dialects } from './dialects';
import type { Operation } from './document';

type Props = { operations: Operation[]; dialect: (typeof dialects)[number]; onSelect: (id: string) => void };

/** How well each operation matches its vendor's, as the coverage page says it. */
export const Coverage = ({ operations, dialect, onSelect }: Props) => {
  const roving = useRoving(
    operations.map(one => one.id),
    undefined,
  );
  const count = (coverage: Operation['coverage']) => operations.filter(one => one.coverage === coverage).length;
  return (
    <>
      <Group gap="lg" mb="sm">
        {(['full', 'partial', 'differs'] as const).map(coverage => (
          <Group key={coverage} gap={6}>
            <CoverageDot coverage={coverage} />
            <Text size="sm">
              {count(coverage)} {coverage}
            </Text>
          </Group>
        ))}
      </Group>
      <Table.ScrollContainer minWidth={600}>
        <Table highlightOnHover verticalSpacing={4} aria-label={`Coverage of ${dialect.label}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Operation</Table.Th>
              <Table.Th>What it does</Table.Th>
              <Table.Th>Coverage</Table.Th>
              <Table.Th ta="right">Cost</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody onKeyDown={roving.onKeyDown}>
            {operations.map(one => (
              <Table.Tr key={one.id}>
                <Table.Td>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    ff="monospace"
                    ta="start"
                    tabIndex={roving.tabIndex(one.id)}
                    onFocus={() => roving.onFocus(one.id)}
                    onClick={() => onSelect(one.id)}
                  >
                    {one.method} {one.path}
                  </Anchor>
                </Table.Td>
                <Table.Td>{one.summary}</Table.Td>
                <Table.Td>
                  <Group gap={6} wrap="nowrap">
                    <CoverageDot coverage={one.coverage} note={one.note} />
                    <Text size="sm">
                      {one.coverage}
                      {one.note && `: ${one.note}`}
                    </Text>
                  </Group>
                </Table.Td>
                <Table.Td ta="right">{one.cost}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
};
