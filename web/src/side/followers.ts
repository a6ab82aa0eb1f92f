import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { notifyError } from '../ui/notify';

export type Followed = 'deal' | 'person' | 'organization' | 'product';
type Follower = { user_id: number };
type Change = { userId: number; follows: boolean };

const verbs = {
  deal: {
    list: (id: number) => ask(api.GET('/api/v1/deals/{id}/followers', { params: { path: { id } } })),
    add: (id: number, user_id: number) => ask(api.POST('/api/v1/deals/{id}/followers', { params: { path: { id } }, body: { user_id } })),
    remove: (id: number, user_id: number) =>
      ask(api.DELETE('/api/v1/deals/{id}/followers/{user_id}', { params: { path: { id, user_id } } })),
  },
  person: {
    list: (id: number) => ask(api.GET('/api/v1/persons/{id}/followers', { params: { path: { id } } })),
    add: (id: number, user_id: number) => ask(api.POST('/api/v1/persons/{id}/followers', { params: { path: { id } }, body: { user_id } })),
    remove: (id: number, user_id: number) =>
      ask(api.DELETE('/api/v1/persons/{id}/followers/{user_id}', { params: { path: { id, user_id } } })),
  },
  organization: {
    list: (id: number) => ask(api.GET('/api/v1/organizations/{id}/followers', { params: { path: { id } } })),
    add: (id: number, user_id: number) =>
      ask(api.POST('/api/v1/organizations/{id}/followers', { params: { path: { id } }, body: { user_id } })),
    remove: (id: number, user_id: number) =>
      ask(api.DELETE('/api/v1/organizations/{id}/followers/{user_id}', { params: { path: { id, user_id } } })),
  },
  product: {
    list: (id: number) => ask(api.GET('/api/v1/products/{id}/followers', { params: { path: { id } } })),
    add: (id: number, user_id: number) => ask(api.POST('/api/v1/products/{id}/followers', { params: { path: { id } }, body: { user_id } })),
    remove: (id: number, user_id: number) =>
      ask(api.DELETE('/api/v1/products/{id}/followers/{user_id}', { params: { path: { id, user_id } } })),
  },
};

/** Who is told of what happens to a record, and how that is changed: shown at once, put back when refused. */
export const useFollowers = (subject: Followed, id: number) => {
  const queries = useQueryClient();
  const key = [subject, id, 'followers'];
  const ids = useQuery({
    queryKey: key,
    queryFn: async () => (await verbs[subject].list(id)).data.map((one: Follower) => one.user_id),
  }).data;
  const change = useMutation({
    mutationFn: ({ userId, follows }: Change): Promise<unknown> =>
      follows ? verbs[subject].add(id, userId) : verbs[subject].remove(id, userId),
    onMutate: async ({ userId, follows }) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<number[]>(key);
      queries.setQueryData<number[]>(key, (now = []) => [...now.filter(one => one !== userId), ...(follows ? [userId] : [])]);
      return { before };
    },
    onError: (error, _, context) => {
      queries.setQueryData(key, context?.before);
      notifyError(error, 'Not saved');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [subject, id] }),
  });
  return { ids: ids ?? [], set: (userId: number, follows: boolean) => change.mutate({ userId, follows }) };
};
