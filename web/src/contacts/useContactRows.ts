import { useInfiniteQuery } from '@tanstack/react-query';
import type { Rows } from './ContactTable';
import type { ListAddress } from './useListAddress';

type Query = { search?: string; owner_id?: number; sort: string[]; limit: number; cursor?: string };
type Page<T> = { data: T[]; next_cursor: string | null };

/** The rows that the address asks for, a page at a time. */
export const useContactRows = <T>(what: string, { text, owner, sort }: ListAddress, read: (query: Query) => Promise<Page<T>>): Rows<T> => {
  const query = useInfiniteQuery({
    queryKey: [what, 'list', text, owner, sort],
    queryFn: ({ pageParam }) =>
      read({ ...(text ? { search: text } : {}), ...(owner ? { owner_id: owner } : {}), sort: [sort], limit: 100, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: last => last.next_cursor ?? undefined,
  });
  return {
    rows: (query.data?.pages ?? []).flatMap(page => page.data),
    error: query.error,
    isLoading: query.isLoading,
    hasMore: query.hasNextPage,
    isFetching: query.isFetchingNextPage,
    more: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
};
