import { Code, Group, Progress, Select, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { Empty, ErrorState, Forbidden, LoadingRows } from '../ui/states';

/** What each key has called today and what that took from its budget. */
export default function Limits() {
  const { isAdmin } = useSession();
  const [chosen, setChosen] = useState<string | null>(null);
  const keys = useQuery({
    queryKey: ['keys', 'limits'],
    queryFn: () => ask(api.GET('/api/v1/keys', { params: { query: { limit: 500 } } })),
    enabled: isAdmin,
  });
  const id = chosen ?? (keys.data?.data[0] ? String(keys.data.data[0].id) : null);
  const usage = useQuery({
    queryKey: ['keys', 'usage', id],
    queryFn: () => ask(api.GET('/api/v1/keys/{id}/usage', { params: { path: { id: Number(id) } } })),
    enabled: id !== null,
    refetchInterval: 5000,
  });
  if (!isAdmin) return <Forbidden>Admins see what keys call.</Forbidden>;
  if (keys.error) return <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />;
  if (!keys.data) return <LoadingRows rows={3} />;
  if (keys.data.data.length === 0) return <Empty title="No keys yet">Make one in Settings; what it calls is counted here.</Empty>;
  const dearest = Math.max(1, ...(usage.data?.operations ?? []).map(one => one.cost));
  return (
    <Stack gap="sm" maw={820}>
      <Text size="sm">
        What a call costs stands beside each operation. Every answer of a dialect with limits says what is left (
        <Code>X-RateLimit-Remaining</Code>); a refusal is 429 and says in <Code>Retry-After</Code> how long to wait.
      </Text>
      <Group gap="md" align="end">
        <Select
          label="Key"
          data={keys.data.data.map(key => ({ value: String(key.id), label: `${key.name} (${key.dialect})` }))}
          value={id}
          onChange={setChosen}
          allowDeselect={false}
        />
        {usage.data && (
          <Text size="sm" pb={6}>
            Today: {usage.data.requests.toLocaleString()} requests, {usage.data.cost.toLocaleString()} of the budget
          </Text>
        )}
      </Group>
      {usage.error && <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.data && usage.data.operations.length === 0 && <Text c="dimmed">It has called nothing today.</Text>}
      {usage.data && usage.data.operations.length > 0 && (
        <Table verticalSpacing={4} aria-label="What the key called today">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Operation</Table.Th>
              <Table.Th ta="right">Requests</Table.Th>
              <Table.Th ta="right">Cost</Table.Th>
              <Table.Th w="30%">Share</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {usage.data.operations.map(one => (
              <Table.Tr key={one.operation}>
                <Table.Td ff="monospace">{one.operation}</Table.Td>
                <Table.Td ta="right">{one.requests}</Table.Td>
                <Table.Td ta="right">{one.cost}</Table.Td>
                <Table.Td>
                  <Progress value={(100 * one.cost) / dearest} aria-label={`${one.operation}: ${one.cost}`} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
