import { Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { FormButtons } from '../past/FormButtons';
import { useWritten } from '../past/useWritten';
import { textToHtml } from '../ui/html';

type Props = { deal: Deal; onClose: () => void };

/** A call that took place: an activity that is done. */
export const CallForm = ({ deal, onClose }: Props) => {
  const [subject, setSubject] = useState('Call');
  const [note, setNote] = useState('');
  const written = useWritten(onClose);
  const save = useMutation({
    ...written,
    mutationFn: () =>
      ask(
        api.POST('/api/v1/activities', {
          body: {
            type: 'call',
            subject: subject.trim() || 'Call',
            note: note.trim() ? textToHtml(note) : null,
            deal_id: deal.id,
            person_id: deal.person_id,
            done: true,
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
        <TextInput label="Call" value={subject} autoFocus onChange={event => setSubject(event.currentTarget.value)} />
        <Textarea label="What was said" autosize minRows={2} value={note} onChange={event => setNote(event.currentTarget.value)} />
        <FormButtons onClose={onClose} busy={save.isPending} label="Log the call" />
      </Stack>
    </form>
  );
};
