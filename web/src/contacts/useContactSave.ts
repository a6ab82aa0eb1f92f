import { useMutation, useQueryClient } from '@tanstack/react-query';
import { explain } from '../api/problem';
import { notifyDone, notifyError } from '../ui/notify';
import { type Contact, type Kind, kinds, type Patch } from './kinds';

/** The values that a patch replaces: what takes it back. */
export const formerly = (contact: Contact, patch: Patch): Patch => {
  const before = contact as unknown as Record<string, unknown>;
  const custom = contact.custom as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(patch).map(([member, value]) => [
      member,
      member === 'custom' ? Object.fromEntries(Object.keys(value as object).map(slug => [slug, custom[slug] ?? null])) : before[member],
    ]),
  ) as Patch;
};

/** Changes a contact; what was saved can be taken back. */
export const useContactSave = (kind: Kind, contact: Contact) => {
  const queries = useQueryClient();
  const refresh = () => {
    for (const root of [kind, `${kind}s`, 'timeline']) void queries.invalidateQueries({ queryKey: [root] });
  };
  const change = useMutation({
    mutationFn: (patch: Patch) => kinds[kind].update(contact.id, patch),
    onSuccess: (_, patch) => notifyDone('Saved.', () => kinds[kind].update(contact.id, formerly(contact, patch)).then(refresh)),
    onError: error => notifyError(error, explain(error)),
    onSettled: refresh,
  });
  return (patch: Patch) => change.mutate(patch);
};
