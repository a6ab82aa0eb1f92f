import { NumberInput, Progress, Stack, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { FormModal } from '../ui/FormModal';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { KeyHours } from './KeyHours';

type Key = components['schemas']['ApiKey'];

/** What a key is called, what it used today, and what it may use a day. */
export const KeyBudget = ({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) => {
  const [given, setGiven] = useState({ name: apiKey.name, budget: (apiKey.daily_budget ?? '') as number | string });
  const body = { name: given.name, daily_budget: given.budget === '' ? null : Number(given.budget) };
  return (
    <FormModal
      title={`The key ${apiKey.name}`}
      size="lg"
      keys={['keys']}
      done="Saved."
      onClose={onClose}
      onSubmit={() => ask(api.PATCH('/api/v1/keys/{id}', { params: { path: { id: apiKey.id } }, body }))}
    >
      {errors => (
        <>
          <TextInput
            label="Name"
            required
            value={given.name}
            error={errors.name}
            onChange={event => setGiven({ ...given, name: event.currentTarget.value })}
          />
          <Used apiKey={apiKey} />
          <NumberInput
            label="Budget a day"
            description={
              apiKey.dialect === 'pipedrive'
                ? "In Pipedrive's tokens: a list costs 20, a search 40, one record 1 or 2. Empty: no limit of its own"
                : 'Requests from midnight UTC on. Empty: no limit of its own'
            }
            placeholder="no limit of its own"
            min={1}
            max={1_000_000_000}
            allowDecimal={false}
            thousandSeparator=" "
            value={given.budget}
            error={errors.daily_budget}
            onChange={budget => setGiven({ ...given, budget })}
          />
        </>
      )}
    </FormModal>
  );
};

const Used = ({ apiKey }: { apiKey: Key }) => {
  const format = useFormat();
  const { data, error, refetch } = useQuery({
    queryKey: ['keys', apiKey.id, 'usage'],
    queryFn: () => ask(api.GET('/api/v1/keys/{id}/usage', { params: { path: { id: apiKey.id } } })),
    refetchInterval: 10_000,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows />;
  const { cost, requests, daily_budget, operations, hours } = data;
  const share = daily_budget == null ? null : Math.min(100, (cost / daily_budget) * 100);
  return (
    <Stack gap="xs">
      <Text size="sm">
        <b className="tabular">{format.number(cost)}</b>
        {daily_budget != null && ` of ${format.number(daily_budget)}`} used today, in {format.number(requests)} requests.
        {share !== null && share >= 100 && ' Further requests are refused until midnight UTC.'}
      </Text>
      {share !== null && (
        <Progress
          value={share}
          color={share >= 100 ? 'red.8' : share >= 80 ? 'yellow.8' : 'blue'}
          aria-label="Part of the budget that is used"
        />
      )}
      <KeyHours hours={hours} />
      {operations.length > 0 && (
        <Table aria-label="What it called today">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Operation</Table.Th>
              <Table.Th ta="end">Requests</Table.Th>
              <Table.Th ta="end">Cost</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {operations.slice(0, 8).map(one => (
              <Table.Tr key={one.operation}>
                <Table.Td ff="monospace">{one.operation}</Table.Td>
                <Table.Td ta="end" className="tabular">
                  {format.number(one.requests)}
                </Table.Td>
                <Table.Td ta="end" className="tabular">
                  {format.number(one.cost)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Text size="xs" c="dimmed">
        As this server counted since its start, from midnight UTC; several servers count apart.
      </Text>
    </Stack>
  );
};
