import { Alert, Button, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { User } from '../api/types';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { CardTable } from '../ui/CardTable';
import { Modal } from '../ui/Modal';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { reasonOf, visibilityOf } from './names';

const nouns = [
  { value: 'deals', label: 'Deals', one: 'deal' },
  { value: 'persons', label: 'Persons', one: 'person' },
  { value: 'organizations', label: 'Organizations', one: 'organization' },
  { value: 'products', label: 'Products', one: 'product' },
] as const;
type Noun = (typeof nouns)[number]['value'];

/** What somebody else sees, and why: for the question "why can't I find this deal?". */
export const Seen = ({ user, onClose }: { user: User; onClose: () => void }) => {
  const format = useFormat();
  const catalog = useCatalog();
  const [noun, setNoun] = useState<Noun>('deals');
  const [picked, setPicked] = useState<Picked | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['seen', user.id, noun],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/v1/users/{id}/visible', { params: { path: { id: user.id }, query: { noun, limit: 50, cursor: pageParam } } })),
    getNextPageParam: page => page.next_cursor ?? undefined,
  });
  const one = useQuery({
    queryKey: ['seen', user.id, noun, picked?.id],
    enabled: picked !== null,
    queryFn: () =>
      ask(api.GET('/api/v1/users/{id}/visible', { params: { path: { id: user.id }, query: { noun, record_id: picked!.id } } })),
  });
  const kind = nouns.find(each => each.value === noun)!.one;
  const found = one.data?.data[0];
  const first = list.data?.pages[0];
  return (
    <Modal opened onClose={onClose} title={`What ${user.name} sees`} size="xl">
      <Stack>
        <SegmentedControl
          aria-label="Kind of record"
          data={nouns.map(({ value, label }) => ({ value, label }))}
          value={noun}
          onChange={value => {
            setNoun(value as Noun);
            setPicked(null);
          }}
        />
        <RecordPicker kind={kind} label={`Why does ${user.name} see, or not see, this ${kind}?`} value={picked} onChange={setPicked} />
        {found && (
          <Alert color={found.why === 'none' ? 'orange.9' : 'river'} role="status" title={found.name}>
            {found.why === 'none' ? `${user.name} does not see it` : `${user.name} sees it: ${reasonOf(found.why)}`}. It is shown to{' '}
            {visibilityOf(found.visible_to)}; its owner is {catalog.user(found.owner_id)?.name ?? 'nobody'}.
          </Alert>
        )}
        {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {!list.data && !list.error && <LoadingRows rows={4} />}
        {first && (
          <>
            <Text fw={600} role="status">
              {format.number(first.visible)} of {format.number(first.all)} {noun}
            </Text>
            <CardTable label={`${noun} that ${user.name} sees`} head={['Name', 'Owner', 'Why']}>
              {list.data?.pages
                .flatMap(page => page.data)
                .map(record => (
                  <Table.Tr key={record.id}>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{record.name}</Table.Td>
                    <Table.Td>{catalog.user(record.owner_id)?.name ?? '–'}</Table.Td>
                    <Table.Td>{reasonOf(record.why)}</Table.Td>
                  </Table.Tr>
                ))}
            </CardTable>
            <Group>
              {list.hasNextPage && (
                <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                  More
                </Button>
              )}
              <Text size="sm" c="dimmed">
                That you looked is written into the audit log.
              </Text>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
};
