import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyDone, notifyError } from './notify';

type Changing<T, P> = {
  /** Where the record is kept. */
  key: QueryKey;
  send: (patch: P) => Promise<unknown>;
  /** The patch that puts back what this one overwrites. */
  former: (before: T, patch: P) => P;
  /** The first parts of the keys of all that shows it. */
  roots: string[];
};

/** Beside the patch, what is shown meanwhile of what it names: an organization for its id. */
type Change<P> = { patch: P; done?: string; shown?: object };

/** What was there before, member by member. */
export const formerOf = (patch: Record<string, unknown>, row: object): Record<string, unknown> => {
  const known = row as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(patch).map(([key, value]) => {
      if (key !== 'custom') return [key, known[key] ?? null];
      const old = (known.custom ?? {}) as Record<string, unknown>;
      return [key, Object.fromEntries(Object.keys(value as object).map(slug => [slug, old[slug] ?? null]))];
    }),
  );
};

/** The record as it will be, if the server agrees. */
export const changed = <T extends object>(before: T, patch: object, shown?: object): T => {
  const { custom } = patch as { custom?: object };
  return { ...before, ...patch, ...(custom ? { custom: { ...(before as { custom?: object }).custom, ...custom } } : {}), ...shown };
};

/** Changes a record: shown at once, put back when refused, undone for ten seconds. */
export const useChange = <T extends object, P extends object>({ key, send, former, roots }: Changing<T, P>) => {
  const queries = useQueryClient();
  const refresh = () => Promise.all(roots.map(root => queries.invalidateQueries({ queryKey: [root] })));
  return useMutation({
    mutationFn: ({ patch }: Change<P>) => send(patch),
    onMutate: async ({ patch, shown }) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<T>(key);
      if (before) queries.setQueryData<T>(key, changed(before, patch, shown));
      return { before };
    },
    onSuccess: (_, { patch, done }, { before }) => {
      if (before) notifyDone(done ?? 'Saved.', () => send(former(before, patch)).then(refresh));
    },
    onError: (error, _, context) => {
      if (context?.before) queries.setQueryData(key, context.before);
      notifyError(error, 'Not saved');
    },
    onSettled: () => void refresh(),
  });
};
