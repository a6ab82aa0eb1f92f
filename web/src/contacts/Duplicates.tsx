import { Badge, Button, Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconArrowsJoin } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { components } from '../api/types';
import { Empty, ErrorState, LoadingRows } from '../ui/states';
import { type Kind, kinds } from './kinds';
import { MergeContacts } from './MergeContacts';

type Pair = components['schemas']['DuplicatePair'];

/** Pairs that may be one, with why; merging is looked at side by side first. */
export const Duplicates = () => {
  const [params, setParams] = useSearchParams();
  const kind: Kind = params.get('of') === 'organization' ? 'organization' : 'person';
  const [pair, setPair] = useState<Pair | null>(null);
  const query = useInfiniteQuery({
    queryKey: [`${kind}s`, 'duplicates'],
    queryFn: ({ pageParam }) => kinds[kind].duplicates(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: last => last.next_cursor ?? undefined,
  });
  const pairs = (query.data?.pages ?? []).flatMap(page => page.data);
  return (
    <Stack gap="sm" h="100%" px="md" pb="md" style={{ overflow: 'auto' }}>
      <SegmentedControl
        aria-label="Duplicates of"
        size="xs"
        style={{ alignSelf: 'flex-start', flex: 'none' }}
        data={[
          { value: 'person', label: 'Persons' },
          { value: 'organization', label: 'Organizations' },
        ]}
        value={kind}
        onChange={of => setParams({ of }, { replace: true })}
      />
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isLoading ? (
        <LoadingRows rows={3} />
      ) : pairs.length === 0 && !query.hasNextPage ? (
        <Empty icon={IconArrowsJoin} title="No duplicates">
          No two {kind}s look alike.
        </Empty>
      ) : (
        <>
          {pairs.map(one => (
            <Paper key={`${one.first?.id} ${one.second?.id}`} withBorder p="sm" radius="md">
              <Group justify="space-between">
                <div>
                  <Text fw={600}>
                    {one.first?.name} <span aria-hidden>·</span> {one.second?.name}
                  </Text>
                  <Group gap={4}>
                    <Text size="xs" c="dimmed">
                      Alike in
                    </Text>
                    {one.reasons.map(reason => (
                      <Badge key={reason} size="sm" variant="default">
                        {reason}
                      </Badge>
                    ))}
                  </Group>
                </div>
                <Button size="xs" variant="default" leftSection={<IconArrowsJoin size={15} aria-hidden />} onClick={() => setPair(one)}>
                  Compare and merge
                </Button>
              </Group>
            </Paper>
          ))}
          {query.hasNextPage && (
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Look further
            </Button>
          )}
        </>
      )}
      {pair?.first && pair.second && <MergeContacts kind={kind} ids={[pair.first.id, pair.second.id]} onClose={() => setPair(null)} />}
    </Stack>
  );
};
