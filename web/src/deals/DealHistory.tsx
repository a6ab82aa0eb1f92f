import { Button, Select, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { components, Deal } from '../api/types';
import { dialectName, fieldName, fieldValue, isTold, whoDid } from '../past/words';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { AsOf } from './AsOf';

type Change = components['schemas']['DealChange'];

const isCreation = (change: Change) => change.action === 'created';

/** A new deal is one line, however much was said of it; what only the program looks at is none. */
const toldOf = (changes: Change[]) => {
  const born = new Set<number>();
  return changes.filter(change => {
    if (!isCreation(change)) return isTold(change.field);
    return !born.has(change.event_id) && born.add(change.event_id);
  });
};

/** Every change of every field, and the deal as it stood at any moment. */
export default function DealHistory({ deal }: { deal: Deal }) {
  const catalog = useCatalog();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const field = params.get('field');
  const setField = (name: string | null) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        if (name) next.set('field', name);
        else next.delete('field');
        return next;
      },
      { replace: true },
    );
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
  const told = toldOf(query.data.pages.flatMap(one => one.data));
  const nameOf = (change: Change) => (isCreation(change) ? 'Created' : fieldName(change.field, catalog));
  const names = [...new Set([...told.map(nameOf), ...(field ? [field] : [])])].sort((a, b) => a.localeCompare(b));
  const changes = field ? told.filter(change => nameOf(change) === field) : told;
  return (
    <Stack>
      <AsOf deal={deal} />
      <Select
        aria-label="Changes of"
        placeholder="Changes of every field"
        maw={280}
        searchable
        clearable
        value={field}
        onChange={setField}
        data={names}
      />
      {changes.length === 0 && (
        <Text size="sm" c="dimmed">
          {query.hasNextPage ? 'Not changed lately; earlier changes may hold it.' : 'It was never changed.'}
        </Text>
      )}
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
                  {whoDid(change, catalog)}
                  {change.dialect && change.dialect !== 'web' && (
                    <Text size="xs" c="dimmed">
                      {dialectName(change.dialect)}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>{nameOf(change)}</Table.Td>
                <Table.Td>{isCreation(change) ? '' : fieldValue(change.field, change.old, catalog, format)}</Table.Td>
                <Table.Td>{isCreation(change) ? '' : fieldValue(change.field, change.new, catalog, format)}</Table.Td>
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
