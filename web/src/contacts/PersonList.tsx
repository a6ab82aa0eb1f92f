import { useInfiniteQuery } from '@tanstack/react-query';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useFormat } from '../ui/useFormat';
import { ContactTable, useListAddress } from './ContactTable';

export const PersonList = () => {
  const { text, owner, sort } = useListAddress();
  const catalog = useCatalog();
  const format = useFormat();
  const query = useInfiniteQuery({
    queryKey: ['persons', 'list', text, owner, sort],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/persons', {
          params: {
            query: {
              ...(text ? { search: text } : {}),
              ...(owner ? { owner_id: owner } : {}),
              sort: [sort],
              limit: 100,
              cursor: pageParam,
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: last => last.next_cursor ?? undefined,
  });
  return (
    <ContactTable
      what="persons"
      empty="Add the people you sell to, or import them."
      to={person => `/contacts/persons/${person.id}`}
      rows={{
        rows: (query.data?.pages ?? []).flatMap(page => page.data),
        error: query.error,
        isLoading: query.isLoading,
        hasMore: query.hasNextPage,
        isFetching: query.isFetchingNextPage,
        more: () => void query.fetchNextPage(),
        retry: () => void query.refetch(),
      }}
      columns={[
        { label: 'Name', width: '2fr', cell: person => person.name },
        { label: 'Job title', width: '1.5fr', cell: person => person.job_title ?? '–' },
        { label: 'E-mail', width: '2fr', cell: person => person.email ?? '–' },
        { label: 'Phone', width: '1.2fr', cell: person => person.phone ?? '–' },
        { label: 'Owner', width: '1.2fr', cell: person => catalog.user(person.owner_id)?.name ?? '–' },
        { label: 'Added', width: '110px', cell: person => (person.added_at ? format.day(format.dayOfInstant(person.added_at)) : '–') },
      ]}
    />
  );
};
