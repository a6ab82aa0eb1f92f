import { Stack } from '@mantine/core';
import { CustomFields } from '../custom/CustomFields';
import { useSession } from '../session/useSession';
import { FollowerList } from '../side/FollowerList';
import { SideSection } from '../side/SideSection';
import { TextField } from '../side/TextField';
import { ContactOrigin } from './ContactOrigin';
import classes from './Contacts.module.css';
import { ErasePerson } from './ErasePerson';
import { type Contact, type Kind, kinds, type Patch } from './kinds';
import { OrganizationFields } from './OrganizationFields';
import { PersonFields } from './PersonFields';
import { SharedFields } from './SharedFields';
import { useContactSave } from './useContactSave';

/** What is known of a contact; a press on a value edits it. */
export const ContactFields = ({ kind, contact }: { kind: Kind; contact: Contact }) => {
  const { workspace } = useSession();
  const save = useContactSave(kind, contact.id);
  return (
    <Stack gap="lg" className={classes.card}>
      <SideSection title={kinds[kind].title}>
        <TextField label="Name" member="name" value={contact.name} save={save} />
        {'emails' in contact ? <PersonFields person={contact} save={save} /> : <OrganizationFields organization={contact} save={save} />}
        <SharedFields kind={kind} contact={contact} save={save} />
      </SideSection>
      <CustomFields subject={kind} values={contact.custom} currency={workspace.base_currency} save={patch => save(patch as Patch)} />
      <FollowerList subject={kind} id={contact.id} />
      <ContactOrigin contact={contact} />
      {kind === 'person' && <ErasePerson id={contact.id} name={contact.name} />}
    </Stack>
  );
};
