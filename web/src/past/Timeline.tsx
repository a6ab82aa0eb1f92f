import { Button, Chip, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { ErrorState, LoadingRows } from '../ui/states';
import { Entries } from './Entries';

type Of = 'deal' | 'person' | 'organization';
type Kind = components['schemas']['TimelineEntry']['kind'];
type Filter = { key: string; label: string; kinds: Kind[] };

const changes: Record<Of, Kind[]> = {
  deal: ['deal', 'deal_change', 'deal_follower', 'participant'],
  person: ['person_change', 'person_follower'],
  organization: ['organization_change', 'organization_follower'],
};

/** Planned activities are not in it: they stand above, in Focus. */
const filtersOf = (of: Of): Filter[] => [
  {
    key: 'all',
    label: 'All',
    kinds: ['activity', 'note', 'file', 'mail_message', ...(of === 'deal' ? [] : (['deal'] as const)), ...changes[of]],
  },
  { key: 'notes', label: 'Notes', kinds: ['note'] },
  { key: 'activities', label: 'Activities', kinds: ['activity'] },
  { key: 'mail', label: 'E-mail', kinds: ['mail_message'] },
  { key: 'files', label: 'Files', kinds: ['file'] },
  ...(of === 'deal' ? [] : [{ key: 'deals', label: 'Deals', kinds: ['deal'] as Kind[] }]),
  { key: 'changes', label: 'Changes', kinds: changes[of] },
  { key: 'api', label: 'API calls', kinds: changes[of] },
];

const read = (of: Of, id: number, kinds: Kind[], offset: number) => {
  const params = { params: { path: { id }, query: { kinds, custom_fields: true, limit: 40, offset } } };
  if (of === 'deal') return ask(api.GET('/api/v1/deals/{id}/timeline', params));
  return ask(of === 'person' ? api.GET('/api/v1/persons/{id}/timeline', params) : api.GET('/api/v1/organizations/{id}/timeline', params));
};

/** What happened around a deal, a person or an organization, newest first. */
export const Timeline = ({ of, id }: { of: Of; id: number }) => {
  const [filter, setFilter] = useState('all');
  const filters = filtersOf(of);
  const chosen = filters.find(one => one.key === filter)!;
  const query = useInfiniteQuery({
    queryKey: ['timeline', of, id, filter],
    queryFn: ({ pageParam }) => read(of, id, chosen.kinds, pageParam),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.has_more ? all.reduce((sum, one) => sum + one.data.length, 0) : undefined),
  });
  const entries = (query.data?.pages ?? [])
    .flatMap(one => one.data)
    .filter(entry => filter !== 'api' || (entry.dialect !== 'web' && entry.dialect !== null && entry.dialect !== undefined));
  return (
    <div>
      <Chip.Group value={filter} onChange={value => setFilter(value as string)}>
        <Group gap={6} my="md" role="radiogroup" aria-label="Show in the timeline">
          {filters.map(one => (
            <Chip key={one.key} value={one.key} size="xs">
              {one.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <Entries entries={entries} of={of} />
      ) : (
        <LoadingRows rows={4} />
      )}
      {query.hasNextPage && (
        <Button variant="subtle" fullWidth loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </div>
  );
};
