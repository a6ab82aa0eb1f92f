import { Badge, Button, Code, CopyButton, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { CopyIcon } from '../ui/CopyIcon';
import { notifyError } from '../ui/notify';
import { Empty, ErrorState, FilteredOut, LoadingRows } from '../ui/states';
import type { DialectName } from './dialects';
import { pretty } from './request';
import { asTest } from './snippets';
import { clearJournal, type JournalCall, matching, readJournal } from './steering';

/** The calls that clients make, as they come. */
export default function Journal({ onGo }: { onGo: (dialect: DialectName, operation?: string) => void }) {
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<number | null>(null);
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: ['sandbox', 'journal'], queryFn: readJournal, refetchInterval: 2000 });
  const clear = useMutation({
    mutationFn: clearJournal,
    onError: refused => notifyError(refused),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sandbox', 'journal'] }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  if (data.length === 0) {
    return (
      <Empty title="No calls yet">Point a client at this server, or send one from Operations: it shows up here within two seconds.</Empty>
    );
  }
  const shown = matching(data, search).reverse();
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <TextInput
          aria-label="Filter calls"
          placeholder="Dialect, path, operation, status…"
          w={320}
          maw="100%"
          value={search}
          onChange={event => setSearch(event.currentTarget.value)}
        />
        <Button variant="default" leftSection={<IconTrash size={15} aria-hidden />} onClick={() => clear.mutate()}>
          Empty
        </Button>
      </Group>
      {shown.length === 0 ? (
        <FilteredOut what="calls" onClear={() => setSearch('')} />
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing={4} highlightOnHover aria-label="Calls">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>When</Table.Th>
                <Table.Th>Dialect</Table.Th>
                <Table.Th>Call</Table.Th>
                <Table.Th>Status</Table.Th>
                <Table.Th ta="right">ms</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map(call => (
                <Fragment key={call.id}>
                  <Table.Tr>
                    <Table.Td>{call.at.slice(11, 19)}</Table.Td>
                    <Table.Td>{call.dialect}</Table.Td>
                    <Table.Td>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        ff="monospace"
                        aria-expanded={open === call.id}
                        onClick={() => setOpen(open === call.id ? null : call.id)}
                      >
                        {call.method} {call.path}
                      </Button>
                    </Table.Td>
                    <Table.Td>
                      <Badge variant="light" style={tone(call.status)}>
                        {call.status || 'dropped'}
                      </Badge>
                      {call.fault !== null && (
                        <Text span size="xs" c="dimmed" ml={6}>
                          fault {call.fault}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td ta="right">{call.milliseconds}</Table.Td>
                  </Table.Tr>
                  {open === call.id && (
                    <Table.Tr>
                      <Table.Td colSpan={5}>
                        <Whole call={call} onGo={onGo} />
                      </Table.Td>
                    </Table.Tr>
                  )}
                </Fragment>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

const tone = (status: number) => {
  const name = status === 0 ? 'planned' : status < 400 ? 'won' : 'lost';
  return { color: `var(--t-${name})`, background: name === 'planned' ? 'var(--t-surface-2)' : `var(--t-${name}-bg)` };
};

const Whole = ({ call, onGo }: { call: JournalCall; onGo: (dialect: DialectName, operation?: string) => void }) => (
  <Stack gap="xs" p="xs">
    <Group gap="xs">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerPlay size={14} aria-hidden />}
        disabled={!call.operation}
        onClick={() => onGo(call.dialect as DialectName, call.operation ?? undefined)}
      >
        Try it in Operations
      </Button>
      <CopyButton value={asTest(call)}>
        {({ copied, copy }) => <CopyIcon copied={copied} onClick={copy} label="Copy as a test" />}
      </CopyButton>
    </Group>
    {call.request && <Code block>{pretty(call.request)}</Code>}
    <Code block>{pretty(call.reply) || '(no body)'}</Code>
  </Stack>
);
