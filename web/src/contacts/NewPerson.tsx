import { Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { Beginning } from '../app/create';
import { UserPicker } from '../pickers/pickers';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { useSession } from '../session/useSession';
import { AddDialog } from '../ui/AddDialog';
import { notifyDone } from '../ui/notify';

/** A new person; an organization that is not there yet is made on the way. */
export default function NewPerson({ beginning, onClose }: { beginning: Beginning; onClose: () => void }) {
  const { user } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState(beginning.title ?? '');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const [job, setJob] = useState('');
  const [organization, setOrganization] = useState<Picked | null>(null);
  const [owner, setOwner] = useState<number | null>(user.id);
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/persons', {
          body: {
            name: name.trim(),
            emails: email.trim() ? [{ value: email.trim(), primary: true }] : [],
            phones: phone.trim() ? [{ value: phone.trim(), primary: true }] : [],
            job_title: job.trim() || null,
            org_id: organization?.id ?? beginning.org_id ?? null,
            owner_id: owner,
          },
        }),
      ),
    onSuccess: person => {
      notifyDone(`“${person.name}” added.`, () => ask(api.DELETE('/api/v1/persons/{id}', { params: { path: { id: person.id } } })));
      void queries.invalidateQueries({ queryKey: ['persons'] });
      onClose();
      navigate(`/contacts/persons/${person.id}`);
    },
  });
  const { errors, general } = fieldErrors(add.error);
  return (
    <AddDialog noun="person" isReady={name.trim() !== ''} isBusy={add.isPending} onAdd={() => add.mutate()} onClose={onClose}>
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        error={errors.name ?? general}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Group grow align="flex-start">
        <TextInput
          label="E-mail"
          type="email"
          value={email}
          error={errors.emails ?? errors.value}
          onChange={event => setEmail(event.currentTarget.value)}
        />
        <TextInput label="Phone" type="tel" value={phone} error={errors.phones} onChange={event => setPhone(event.currentTarget.value)} />
      </Group>
      <RecordPicker
        kind="organization"
        label="Organization"
        value={organization}
        onChange={setOrganization}
        error={errors.org_id}
        onCreate={async made => ask(api.POST('/api/v1/organizations', { body: { name: made } }))}
      />
      <Group grow align="flex-start">
        <TextInput label="Job title" value={job} error={errors.job_title} onChange={event => setJob(event.currentTarget.value)} />
        <UserPicker label="Owner" value={owner} onChange={setOwner} error={errors.owner_id} />
      </Group>
    </AddDialog>
  );
}
