import { useSearchParams } from 'react-router';

export type ListAddress = { text: string; owner: number | null; sort: string };

/** What the address says of the list: search, owner, order. */
export const useListAddress = () => {
  const [search, setSearch] = useSearchParams();
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(search);
    value ? next.set(name, value) : next.delete(name);
    setSearch(next, { replace: true });
  };
  const owner = search.get('owner');
  return {
    text: search.get('q') ?? '',
    owner: owner ? Number(owner) : null,
    sort: search.get('sort') ?? '-added_at',
    set,
    clear: () => setSearch({}),
  };
};
