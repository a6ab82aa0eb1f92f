import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask } from './client';

type Named = 'deal' | 'person' | 'organization';

const most = 500;

const readers: Record<Named, (where: string) => Promise<[number, string][]>> = {
  deal: async where =>
    (await ask(api.GET('/api/v1/deals', { params: { query: { where, scope: 'any', limit: most, fields: ['id', 'title'] } } }))).data.map(
      one => [one.id, one.title],
    ),
  person: async where =>
    (await ask(api.GET('/api/v1/persons', { params: { query: { where, limit: most, fields: ['id', 'name'] } } }))).data.map(one => [
      one.id,
      one.name,
    ]),
  organization: async where =>
    (await ask(api.GET('/api/v1/organizations', { params: { query: { where, limit: most, fields: ['id', 'name'] } } }))).data.map(one => [
      one.id,
      one.name,
    ]),
};

const none = new Map<number, string>();

/** What records are called that others only name by id: one request for all of them. Those that are not shared with the user have no name here. */
export const useNames = (kind: Named, ids: (number | null | undefined)[]): Map<number, string> => {
  const wanted = [...new Set(ids.flatMap(id => id ?? []))].sort((a, b) => a - b).slice(0, most);
  const { data } = useQuery({
    queryKey: [`${kind}s`, 'names', wanted.join()],
    queryFn: async () => new Map(await readers[kind](JSON.stringify({ field: 'id', operator: 'in', values: wanted }))),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
  });
  return data ?? none;
};
