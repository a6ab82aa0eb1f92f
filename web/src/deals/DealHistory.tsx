import { Button, Group, Paper, Slider, Stack, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { now } from '../ui/clock';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { dialectName, fieldName, fieldValue } from './words';

const steps = 1000;
const compared = [
  'title',
  'status',
  'stage_id',
  'value',
  'probability',
  'owner_id',
  'expected_close',
  'person_id',
  'org_id',
  'label_ids',
] as const;

/** Every change of every field, and the deal as it stood at any moment. */
export default function DealHistory({ deal }: { deal: Deal }) {
  const catalog = useCatalog();
  const format = useFormat();
  const query = useInfiniteQuery({
    queryKey: ['deal', deal.id, 'changelog'],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/deals/{id}/changelog', {
          params: { path: { id: deal.id }, query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: last => last.next_cursor ?? undefined,
  });
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <LoadingRows />;
  const changes = query.data.pages.flatMap(one => one.data);
  return (
    <Stack>
      <AsOf deal={deal} />
      <Table.ScrollContainer minWidth={620}>
        <Table verticalSpacing={6} fz="sm" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>When</Table.Th>
              <Table.Th>Who</Table.Th>
              <Table.Th>Field</Table.Th>
              <Table.Th>From</Table.Th>
              <Table.Th>To</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map(change => (
              <Table.Tr key={`${change.event_id} ${change.field}`}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{format.instant(change.at)}</Table.Td>
                <Table.Td>
                  {catalog.user(change.actor_id)?.name ?? 'The server'}
                  {change.dialect && change.dialect !== 'web' && (
                    <Text size="xs" c="dimmed">
                      {dialectName(change.dialect)}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{change.field ? fieldName(change.field, catalog) : change.action}</Table.Td>
                <Table.Td>{change.field ? fieldValue(change.field, change.old, catalog, format) : ''}</Table.Td>
                <Table.Td>{change.field ? fieldValue(change.field, change.new, catalog, format) : ''}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </Stack>
  );
}

const AsOf = ({ deal }: { deal: Deal }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const [place, setPlace] = useState(steps);
  const [settled] = useDebouncedValue(place, 200);
  const from = Date.parse(deal.added_at ?? '');
  const [until] = useState(now);
  const moment = (at: number) => new Date(from + ((until - from) * at) / steps).toISOString();
  const isNow = settled >= steps;
  const { data: then } = useQuery({
    queryKey: ['deal', deal.id, 'as-of', settled],
    queryFn: () => ask(api.GET('/api/v1/deals/{id}', { params: { path: { id: deal.id }, query: { as_of: moment(settled) } } })),
    enabled: !isNow,
    placeholderData: keepPreviousData,
  });
  const differing = then && !isNow ? compared.filter(name => JSON.stringify(then[name]) !== JSON.stringify(deal[name])) : [];
  return (
    <Paper withBorder p="md">
      <Text size="sm" fw={600} id="as-of">
        As of {isNow ? 'now' : format.instant(moment(place))}
      </Text>
      <Slider
        mt="xs"
        mb="sm"
        label={null}
        min={0}
        max={steps}
        value={place}
        onChange={setPlace}
        thumbLabel="The moment the deal is shown at"
        aria-labelledby="as-of"
      />
      {!isNow && then && (
        <Stack gap={2}>
          <Group gap="lg" className="tabular">
            <Text size="sm">{catalog.stage(then.stage_id)?.name}</Text>
            <Text size="sm">{then.status}</Text>
            <Text size="sm">{format.money(then.value, then.currency)}</Text>
          </Group>
          {differing.length === 0 ? (
            <Text size="sm" c="dimmed">
              As it is today.
            </Text>
          ) : (
            differing.map(name => (
              <Text size="sm" key={name}>
                {fieldName(name, catalog)}: {fieldValue(name, then[name], catalog, format)}{' '}
                <Text span c="dimmed">
                  (now {fieldValue(name, deal[name], catalog, format)})
                </Text>
              </Text>
            ))
          )}
        </Stack>
      )}
    </Paper>
  );
};
