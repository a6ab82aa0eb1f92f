import { useState } from 'react';
import { useCreate } from '../app/create';
import { useShortcuts } from '../app/shortcuts';
import { type Composed, Composer } from '../past/Composer';
import type { Contact } from './kinds';

/** What is written down about a contact, as it is about a deal. A message is found again by the address of a person. */
export const ContactComposer = ({ contact }: { contact: Contact }) => {
  const create = useCreate();
  const [open, setOpen] = useState<Composed>(null);
  const isPerson = 'emails' in contact;
  const about = isPerson ? { person_id: contact.id } : { org_id: contact.id };
  const write = (what: Composed) => (what === 'activity' ? create('activity', about) : setOpen(what));
  useShortcuts([
    { keys: 'm', label: 'Write a note', group: 'Contact', run: () => write('note') },
    { keys: 'a', label: 'Plan an activity', group: 'Contact', run: () => write('activity') },
  ]);
  const address = isPerson ? (contact.emails.find(email => email.primary) ?? contact.emails[0]) : undefined;
  return (
    <Composer
      about={about}
      party={address && { email: address.value, name: contact.name }}
      open={open}
      onOpen={write}
      onClose={() => setOpen(null)}
    />
  );
};
