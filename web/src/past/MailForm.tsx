import { Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { textToHtml } from '../ui/html';
import { FormButtons } from './FormButtons';
import { useWritten } from './useWritten';

/** Whom one writes with; no address yet, and it is asked for. */
export type Party = { email: string | null; name: string | null };

type Props = {
  /** Left out, it is asked for: a message belongs to a deal. */
  dealId?: number;
  party: Party;
  onClose: () => void;
};

/** A message that was sent or received elsewhere. */
export const MailForm = ({ dealId, party, onClose }: Props) => {
  const [direction, setDirection] = useState<'incoming' | 'outgoing'>('outgoing');
  const [address, setAddress] = useState(party.email ?? '');
  const [deal, setDeal] = useState<Picked | null>(null);
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const written = useWritten(onClose);
  const others = [{ email: address.trim(), name: party.email === address.trim() ? party.name : null }];
  const save = useMutation({
    ...written,
    mutationFn: () =>
      ask(
        api.POST('/api/v1/mail-messages', {
          body: {
            subject: subject.trim(),
            body: body.trim() ? textToHtml(body) : null,
            direction,
            deal_id: dealId ?? deal?.id ?? null,
            ...(direction === 'outgoing' ? { to: others } : { from: others }),
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
        {dealId === undefined && <RecordPicker kind="deal" label="Deal it belongs to" required value={deal} onChange={setDeal} />}
        <TextInput label="Subject" required value={subject} onChange={event => setSubject(event.currentTarget.value)} />
        <Textarea label="Text" autosize minRows={3} value={body} onChange={event => setBody(event.currentTarget.value)} />
        <FormButtons onClose={onClose} busy={save.isPending} disabled={dealId === undefined && !deal} label="Log the message" />
      </Stack>
    </form>
  );
};
