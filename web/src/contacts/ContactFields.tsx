import { Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import { explain } from '../api/problem';
import { ChoiceEditor, TextEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { notifyDone, notifyError } from '../ui/notify';
import classes from './Contacts.module.css';
import { type Contact, type Kind, kinds } from './kinds';

type Texts = { member: string; label: string; value: string | null };
type Props = { kind: Kind; contact: Contact };

const textsOf = (contact: Contact): Texts[] =>
  'emails' in contact
    ? [
        { member: 'name', label: 'Name', value: contact.name },
        { member: 'emails', label: 'E-mail', value: contact.email },
        { member: 'phones', label: 'Phone', value: contact.phone },
        { member: 'job_title', label: 'Job title', value: contact.job_title },
        { member: 'notes', label: 'About', value: contact.notes },
      ]
    : [
        { member: 'name', label: 'Name', value: contact.name },
        { member: 'website', label: 'Website', value: contact.website },
        { member: 'email', label: 'E-mail', value: contact.email },
        { member: 'phone', label: 'Phone', value: contact.phone },
        { member: 'industry', label: 'Industry', value: contact.industry },
        { member: 'notes', label: 'About', value: contact.notes },
      ];

/** The other addresses stay when the first one changes. */
const body = (contact: Contact, member: string, text: string) => {
  if (!('emails' in contact) || (member !== 'emails' && member !== 'phones')) return { [member]: text || null };
  const others = contact[member].filter(one => !one.primary).map(one => ({ value: one.value ?? '', primary: false }));
  return { [member]: text ? [{ value: text, primary: true }, ...others] : others };
};

/** What is known of a contact; a press on a value edits it. */
export const ContactFields = ({ kind, contact }: Props) => {
  const catalog = useCatalog();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (patch: Parameters<(typeof kinds)[Kind]['update']>[1]) => kinds[kind].update(contact.id, patch),
    onSuccess: () => notifyDone('Saved.'),
    onError: error => notifyError(error, explain(error)),
    onSettled: () => {
      for (const root of [kind, `${kind}s`]) void queries.invalidateQueries({ queryKey: [root] });
    },
  });
  const users = catalog.users.filter(user => user.is_active).map(user => ({ value: String(user.id), label: user.name }));
  return (
    <Stack gap={6} className={classes.card}>
      {textsOf(contact).map(({ member, label, value }) => (
        <Inline
          key={member}
          label={label}
          editor={close => (
            <TextEditor
              label={label}
              multiline={member === 'notes'}
              value={value ?? ''}
              onSave={text => save.mutate(body(contact, member, text.trim()))}
              close={close}
            />
          )}
        >
          {value || '–'}
        </Inline>
      ))}
      {'org_id' in contact && <Inline label="Organization">{contact.org_id ? <OrganizationLink id={contact.org_id} /> : '–'}</Inline>}
      <Inline
        label="Owner"
        editor={close => (
          <ChoiceEditor
            label="Owner"
            choices={users}
            value={contact.owner_id === null ? null : String(contact.owner_id)}
            onSave={id => save.mutate({ owner_id: id ? Number(id) : null })}
            close={close}
          />
        )}
      >
        {catalog.user(contact.owner_id)?.name ?? '–'}
      </Inline>
    </Stack>
  );
};

const OrganizationLink = ({ id }: { id: number }) => {
  const { data } = useQuery({ queryKey: ['organization', id], queryFn: () => kinds.organization.get(id) });
  return (
    <Text component={Link} to={`/contacts/organizations/${id}`} size="sm">
      {data?.name ?? '…'}
    </Text>
  );
};
