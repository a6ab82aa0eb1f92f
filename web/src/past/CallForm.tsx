import { Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { textToHtml } from '../ui/html';
import type { About } from './about';
import { FormButtons } from './FormButtons';
import { useWritten } from './useWritten';

type Props = { about: About; onClose: () => void };

/** A call that took place: an activity that is done. */
export const CallForm = ({ about, onClose }: Props) => {
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
            done: true,
            ...about,
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
