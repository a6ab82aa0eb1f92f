import { Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ask } from '../api/client';
import { textToHtml } from '../ui/html';
import { notifyDone } from '../ui/notify';
import type { About } from './about';
import { FormButtons } from './FormButtons';
import { useWritten } from './useWritten';

type Props = { about: About; onClose: () => void };

/** Something to remember about a record. */
export const NoteForm = ({ about, onClose }: Props) => {
  const [text, setText] = useState('');
  const { refresh, ...written } = useWritten(onClose);
  const save = useMutation({
    ...written,
    mutationFn: () => ask(api.POST('/api/v1/notes', { body: { content: textToHtml(text), ...about } })),
    onSuccess: note => {
      written.onSuccess();
      notifyDone('Note saved.', () => ask(api.DELETE('/api/v1/notes/{id}', { params: { path: { id: note.id } } })).then(refresh));
    },
  });
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim()) save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Textarea
          aria-label="Note"
          placeholder="What should everyone know? (Ctrl/⌘ Enter saves)"
          autoFocus
          autosize
          minRows={3}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          onKeyDown={event => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit()}
        />
        <FormButtons onClose={onClose} busy={save.isPending} disabled={!text.trim()} label="Save the note" />
      </Stack>
    </form>
  );
};
