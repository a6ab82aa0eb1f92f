import { Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { FormButtons } from '../past/FormButtons';
import { useWritten } from '../past/useWritten';
import { textToHtml } from '../ui/html';

type Props = { deal: Deal; onClose: () => void };

/** A message that was sent or received elsewhere. */
export const MailForm = ({ deal, onClose }: Props) => {
  const contact = deal.contacts?.find(one => one.email);
  const [direction, setDirection] = useState<'incoming' | 'outgoing'>('outgoing');
  const [address, setAddress] = useState(contact?.email ?? '');
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const written = useWritten(onClose);
  const party = [{ email: address.trim(), name: contact?.email === address.trim() ? contact.name : null }];
  const save = useMutation({
    ...written,
    mutationFn: () =>
      ask(
        api.POST('/api/v1/mail-messages', {
          body: {
            subject: subject.trim(),
            body: body.trim() ? textToHtml(body) : null,
            direction,
            deal_id: deal.id,
            ...(direction === 'outgoing' ? { to: party } : { from: party }),
          },
        }),
      ),
  });
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="xs">
        <Group grow align="flex-end">
          <Select
            label="Direction"
            allowDeselect={false}
            value={direction}
            onChange={value => setDirection(value as typeof direction)}
            data={[
              { value: 'outgoing', label: 'We wrote' },
              { value: 'incoming', label: 'They wrote' },
            ]}
          />
          <TextInput
            label={direction === 'outgoing' ? 'To' : 'From'}
            type="email"
            required
            value={address}
            onChange={event => setAddress(event.currentTarget.value)}
          />
        </Group>
        <TextInput label="Subject" required value={subject} onChange={event => setSubject(event.currentTarget.value)} />
        <Textarea label="Text" autosize minRows={3} value={body} onChange={event => setBody(event.currentTarget.value)} />
        <FormButtons onClose={onClose} busy={save.isPending} label="Log the message" />
      </Stack>
    </form>
  );
};
