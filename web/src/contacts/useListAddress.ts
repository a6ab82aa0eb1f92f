import { useSearchParams } from 'react-router';

export const groupings = ['owner', 'label'] as const;
export type Grouping = (typeof groupings)[number];

export type ListAddress = {
  text: string;
  owner: number | null;
  where: string | null;
  sort: string;
  group: Grouping | null;
  columns: string | null;
};

/** What the address says of the list: search, owner, condition, order, groups, columns. */
export const useListAddress = () => {
  const [search, setSearch] = useSearchParams();
  const set = (changes: Record<string, string | null>) =>
    setSearch(
      before => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name);
        return next;
      },
      { replace: true },
    );
  const owner = search.get('owner');
  return {
    text: search.get('q') ?? '',
    owner: owner ? Number(owner) : null,
    where: search.get('where'),
    sort: search.get('sort') ?? '-added_at',
    group: groupings.find(one => one === search.get('group')) ?? null,
    columns: search.get('columns'),
    set,
    clear: () => set({ q: null, owner: null, where: null, view: null }),
  };
};

export type ContactAddress = ReturnType<typeof useListAddress>;
