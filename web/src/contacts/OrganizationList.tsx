import { useInfiniteQuery } from '@tanstack/react-query';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useFormat } from '../ui/useFormat';
import { ContactTable, useListAddress } from './ContactTable';

export const OrganizationList = () => {
  const { text, owner, sort } = useListAddress();
  const catalog = useCatalog();
  const format = useFormat();
  const query = useInfiniteQuery({
    queryKey: ['organizations', 'list', text, owner, sort],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/organizations', {
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
      what="organizations"
      empty="Add the companies you sell to, or import them."
      to={organization => `/contacts/organizations/${organization.id}`}
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
        { label: 'Name', width: '2fr', cell: organization => organization.name },
        { label: 'Industry', width: '1.2fr', cell: organization => organization.industry ?? '–' },
        { label: 'Website', width: '1.5fr', cell: organization => organization.website ?? '–' },
        { label: 'Phone', width: '1.2fr', cell: organization => organization.phone ?? '–' },
        { label: 'Owner', width: '1.2fr', cell: organization => catalog.user(organization.owner_id)?.name ?? '–' },
        {
          label: 'Added',
          width: '110px',
          cell: organization => (organization.added_at ? format.day(format.dayOfInstant(organization.added_at)) : '–'),
        },
      ]}
    />
  );
};
