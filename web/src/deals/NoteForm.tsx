import { Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { textToHtml } from '../ui/html';
import { notifyDone } from '../ui/notify';
import { FormButtons } from './FormButtons';
import { useWritten } from './useWritten';

type Props = { deal: Deal; onClose: () => void };

/** Something to remember about the deal. */
export const NoteForm = ({ deal, onClose }: Props) => {
  const [text, setText] = useState('');
  const written = useWritten(onClose);
  const save = useMutation({
    ...written,
    mutationFn: () => ask(api.POST('/api/v1/notes', { body: { content: textToHtml(text), deal_id: deal.id } })),
    onSuccess: note => {
      written.onSuccess();
      notifyDone('Note saved.', () => ask(api.DELETE('/api/v1/notes/{id}', { params: { path: { id: note.id } } })));
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
