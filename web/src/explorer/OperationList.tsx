import { Badge, Box, NavLink, ScrollArea, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { FilteredOut } from '../ui/states';
import { useRoving } from '../ui/useRoving';
import { CoverageDot } from './CoverageDot';
import { grouped, type Operation } from './document';

type Props = { operations: Operation[]; selected?: string; onSelect: (operation: Operation) => void };

/** Every operation of a dialect, by what it is about. */
export const OperationList = ({ operations, selected, onSelect }: Props) => {
  const [search, setSearch] = useState('');
  const groups = grouped(operations, search);
  const roving = useRoving(
    groups.flatMap(([, members]) => members.map(one => one.id)),
    selected,
  );
  return (
    <Stack gap="xs" h="100%">
      <TextInput
        aria-label="Find an operation"
        placeholder="Find an operation…"
        leftSection={<IconSearch size={15} aria-hidden />}
        value={search}
        onChange={event => setSearch(event.currentTarget.value)}
      />
      <ScrollArea style={{ flex: 1 }} type="auto">
        {groups.length === 0 && <FilteredOut what="operations" onClear={() => setSearch('')} />}
        <Box component="nav" aria-label="Operations" onKeyDown={roving.onKeyDown}>
          {groups.map(([tag, members]) => (
            <Box key={tag} mb="sm">
              <Text size="xs" fw={700} c="dimmed" tt="uppercase" px="xs">
                {tag}
              </Text>
              {members.map(one => (
                <NavLink
                  key={one.id}
                  component="button"
                  type="button"
                  active={one.id === selected}
                  aria-current={one.id === selected || undefined}
                  tabIndex={roving.tabIndex(one.id)}
                  onFocus={() => roving.onFocus(one.id)}
                  onClick={() => onSelect(one)}
                  px="xs"
                  py={4}
                  leftSection={<CoverageDot coverage={one.coverage} />}
                  label={one.summary}
                  description={`${one.method} ${one.path}`}
                  rightSection={
                    one.cost > 1 ? (
                      <Tooltip label={`Takes ${one.cost} of the budget`}>
                        <Badge size="xs" variant="default">
                          {one.cost}
                        </Badge>
                      </Tooltip>
                    ) : undefined
                  }
                  styles={{ label: { fontSize: 13 }, description: { fontSize: 11, fontFamily: 'monospace', overflowWrap: 'anywhere' } }}
                />
              ))}
            </Box>
          ))}
        </Box>
      </ScrollArea>
    </Stack>
  );
};
