import { Button, Code, Select, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { api, ask } from '../api/client';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { type Delivery, DeliveryDetail } from './DeliveryDetail';
import { Rows } from './Rows';

const states = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'sent', label: 'Sent' },
  { value: 'parked', label: 'Given up' },
];

/** What was sent, what came back, and when it is tried again. */
export const Deliveries = ({ id, mayReplay }: { id: number; mayReplay: boolean }) => {
  const format = useFormat();
  const [state, setState] = useState<string | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['deliveries', id, state],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/webhooks/{id}/deliveries', {
          params: { path: { id }, query: { limit: 50, cursor: pageParam, state: (state ?? undefined) as Delivery['state'] | undefined } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next_cursor ?? undefined,
    refetchInterval: 5000,
  });
  const rows = query.data?.pages.flatMap(page => page.data) ?? [];
  return (
    <Stack gap="xs">
      <Select
        aria-label="State of deliveries"
        placeholder="All deliveries"
        w={180}
        clearable
        value={state}
        onChange={setState}
        data={states}
      />
      <Rows
        label="Deliveries"
        query={{ ...query, data: query.data && { data: rows } }}
        head={['Event', 'State', 'Answer', 'Took', 'Attempts', 'When', '']}
        onClear={state ? () => setState(null) : undefined}
        empty="Nothing was sent yet. “Send a test” shows whether the receiver answers."
      >
        {delivery => (
          <Fragment key={delivery.id}>
            <Table.Tr>
              <Table.Td>
                <Code>{delivery.type}</Code>
                {delivery.replay_of != null && <Text size="xs">replay of {delivery.replay_of}</Text>}
              </Table.Td>
              <Table.Td>
                <Tone tone={delivery.state === 'sent' ? 'good' : delivery.state === 'parked' ? 'bad' : 'idle'}>
                  {states.find(one => one.value === delivery.state)?.label}
                </Tone>
              </Table.Td>
              <Table.Td>{delivery.status ?? delivery.error ?? '–'}</Table.Td>
              <Table.Td className="tabular">{delivery.milliseconds == null ? '–' : `${delivery.milliseconds} ms`}</Table.Td>
              <Table.Td className="tabular">{delivery.attempts}</Table.Td>
              <Table.Td>
                {format.instant(delivery.attempted_at ?? delivery.added_at)}
                {delivery.state === 'waiting' && delivery.next_attempt_at && delivery.attempts > 0 && (
                  <Text size="xs" c="dimmed">
                    next {format.ago(delivery.next_attempt_at)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-expanded={open === delivery.id}
                  aria-label={`${open === delivery.id ? 'Close' : 'Body and answer'}: ${delivery.type}, ${format.instant(delivery.attempted_at ?? delivery.added_at)}`}
                  onClick={() => setOpen(open === delivery.id ? null : delivery.id)}
                >
                  {open === delivery.id ? 'Close' : 'Body and answer'}
                </Button>
              </Table.Td>
            </Table.Tr>
            {open === delivery.id && (
              <Table.Tr>
                <Table.Td colSpan={7}>
                  <DeliveryDetail webhook={id} delivery={delivery} mayReplay={mayReplay} />
                </Table.Td>
              </Table.Tr>
            )}
          </Fragment>
        )}
      </Rows>
      {query.hasNextPage && (
        <Button variant="subtle" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          Older deliveries
        </Button>
      )}
    </Stack>
  );
};
