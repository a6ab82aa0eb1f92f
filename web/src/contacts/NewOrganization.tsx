import { Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import { fieldErrors } from '../api/problem';
import type { Beginning } from '../app/create';
import { UserPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { AddDialog } from '../ui/AddDialog';
import { notifyDone } from '../ui/notify';

export default function NewOrganization({ beginning, onClose }: { beginning: Beginning; onClose: () => void }) {
  const { user } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState(beginning.title ?? '');
  const [website, setWebsite] = useState('');
  const [industry, setIndustry] = useState('');
  const [phone, setPhone] = useState('');
  const [owner, setOwner] = useState<number | null>(user.id);
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/organizations', {
          body: {
            name: name.trim(),
            website: website.trim() || null,
            industry: industry.trim() || null,
            phone: phone.trim() || null,
            owner_id: owner,
          },
        }),
      ),
    onSuccess: made => {
      notifyDone(`“${made.name}” added.`, () => ask(api.DELETE('/api/v1/organizations/{id}', { params: { path: { id: made.id } } })));
      void queries.invalidateQueries({ queryKey: ['organizations'] });
      onClose();
      navigate(`/contacts/organizations/${made.id}`);
    },
  });
  const { errors, general } = fieldErrors(add.error);
  return (
    <AddDialog noun="organization" isReady={name.trim() !== ''} isBusy={add.isPending} onAdd={() => add.mutate()} onClose={onClose}>
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        error={errors.name ?? general}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Group grow align="flex-start">
        <TextInput label="Website" value={website} error={errors.website} onChange={event => setWebsite(event.currentTarget.value)} />
        <TextInput label="Phone" type="tel" value={phone} error={errors.phone} onChange={event => setPhone(event.currentTarget.value)} />
      </Group>
      <Group grow align="flex-start">
        <TextInput label="Industry" value={industry} error={errors.industry} onChange={event => setIndustry(event.currentTarget.value)} />
        <UserPicker label="Owner" value={owner} onChange={setOwner} error={errors.owner_id} />
      </Group>
    </AddDialog>
  );
}
