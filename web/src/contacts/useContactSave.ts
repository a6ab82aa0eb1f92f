import { formerOf, useChange } from '../ui/useChange';
import { type Contact, type Kind, kinds, type Patch } from './kinds';

export type SaveContact = (patch: Patch, shown?: object) => void;

/** Changes a contact: shown at once, put back when refused, undone for ten seconds. */
export const useContactSave = (kind: Kind, id: number): SaveContact => {
  const change = useChange<Contact, Patch>({
    key: [kind, id],
    send: patch => kinds[kind].update(id, patch),
    former: (contact, patch) => formerOf(patch, contact) as Patch,
    roots: [kind, `${kind}s`, 'timeline'],
  });
  return (patch, shown) => change.mutate({ patch, shown });
};
