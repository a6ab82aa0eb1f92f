import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask } from './client';

type Row = { id: number; name: string; currency?: string };

const most = 500;
const noMore = { limit: most } as const;

const readers = {
  deal: async (where: string): Promise<Row[]> =>
    (
      await ask(api.GET('/api/v1/deals', { params: { query: { where, scope: 'any', ...noMore, fields: ['id', 'title', 'currency'] } } }))
    ).data.map(({ id, title, currency }) => ({ id, name: title, currency })),
  person: async (where: string): Promise<Row[]> =>
    (await ask(api.GET('/api/v1/persons', { params: { query: { where, ...noMore, fields: ['id', 'name'] } } }))).data,
  organization: async (where: string): Promise<Row[]> =>
    (await ask(api.GET('/api/v1/organizations', { params: { query: { where, ...noMore, fields: ['id', 'name'] } } }))).data,
  product: async (where: string): Promise<Row[]> =>
    (await ask(api.GET('/api/v1/products', { params: { query: { where, ...noMore, fields: ['id', 'name'] } } }))).data,
  lead: async (where: string): Promise<Row[]> =>
    (await ask(api.GET('/api/v1/leads', { params: { query: { where, ...noMore, fields: ['id', 'title'] } } }))).data.map(
      ({ id, title }) => ({ id, name: title }),
    ),
  activity: async (where: string): Promise<Row[]> =>
    (await ask(api.GET('/api/v1/activities', { params: { query: { where, ...noMore, fields: ['id', 'subject'] } } }))).data.map(
      ({ id, subject }) => ({ id, name: subject }),
    ),
};

const none = new Map<number, string>();

const useRows = <T>(kind: keyof typeof readers, ids: (number | null | undefined)[], select: (rows: Row[]) => T) => {
  const wanted = [...new Set(ids.flatMap(id => id ?? []))].sort((a, b) => a - b).slice(0, most);
  return useQuery({
    queryKey: [kind === 'activity' ? 'activities' : `${kind}s`, 'names', wanted.join()],
    queryFn: () => readers[kind](JSON.stringify({ field: 'id', operator: 'in', values: wanted })),
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    select,
  }).data;
};

const nameById = (rows: Row[]) => new Map(rows.map(row => [row.id, row.name]));
const currencyById = (rows: Row[]) => new Map(rows.map(row => [row.id, row.currency ?? '']));

/** What records are called that others only name by id: one request for all of them. Those that are not shared with the user have no name here. */
export const useNames = (kind: keyof typeof readers, ids: (number | null | undefined)[]): Map<number, string> =>
  useRows(kind, ids, nameById) ?? none;

/** In what deals are paid; of the same request as their names. */
export const useCurrencies = (dealIds: (number | null | undefined)[]): Map<number, string> =>
  useRows('deal', dealIds, currencyById) ?? none;
