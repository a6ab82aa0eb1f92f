import { api, ask } from './client';

/** What has a page to go to; leads are found too, but have none. */
export type Subject = 'deal' | 'person' | 'organization' | 'product';
export type Found = { subject: Subject; id: number; name: string; detail?: string };

const among = (ids: number[]) => JSON.stringify({ field: 'id', operator: 'in', values: ids });

/** What is written in records, best first, with their names: one search, then one list for each kind that was found. */
export const search = async (term: string, limit = 20, signal?: AbortSignal): Promise<Found[]> => {
  const hits = (await ask(api.GET('/api/v1/search', { params: { query: { term, limit } }, signal }))).data;
  const ids = (subject: Subject) => hits.filter(hit => hit.subject === subject).map(hit => hit.id);
  const query = (subject: Subject) => ({ params: { query: { where: among(ids(subject)), limit: 100 } }, signal }) as const;
  const [deals, persons, organizations, products] = await Promise.all([
    ids('deal').length
      ? ask(
          api.GET('/api/v1/deals', {
            params: { query: { ...query('deal').params.query, include: ['organization', 'stage'], scope: 'any' } },
            signal,
          }),
        )
      : null,
    ids('person').length ? ask(api.GET('/api/v1/persons', query('person'))) : null,
    ids('organization').length ? ask(api.GET('/api/v1/organizations', query('organization'))) : null,
    ids('product').length ? ask(api.GET('/api/v1/products', query('product'))) : null,
  ]);
  const names = new Map<string, Found>();
  const put = (found: Found) => names.set(`${found.subject} ${found.id}`, found);
  for (const deal of deals?.data ?? [])
    put({
      subject: 'deal',
      id: deal.id,
      name: deal.title,
      detail: [deal.organization?.name, deal.status === 'open' ? deal.stage?.name : deal.status].filter(Boolean).join(' · '),
    });
  for (const person of persons?.data ?? []) put({ subject: 'person', id: person.id, name: person.name, detail: person.emails[0]?.value });
  for (const organization of organizations?.data ?? []) put({ subject: 'organization', id: organization.id, name: organization.name });
  for (const product of products?.data ?? [])
    put({ subject: 'product', id: product.id, name: product.name, detail: product.code ?? undefined });
  return hits.flatMap(hit => names.get(`${hit.subject} ${hit.id}`) ?? []);
};
