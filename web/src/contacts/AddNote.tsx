import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ask } from '../api/client';
import { useShortcuts } from '../app/shortcuts';
import { textToHtml } from '../ui/html';
import { notifyDone, notifyError } from '../ui/notify';
import type { Kind } from './kinds';

/** The heading of the history, with the way to write something down. */
export const AddNote = ({ kind, id }: { kind: Kind; id: number }) => {
  const queries = useQueryClient();
  const [text, setText] = useState<string | null>(null);
  const refresh = () => {
    for (const root of ['notes', 'timeline']) void queries.invalidateQueries({ queryKey: [root] });
  };
  const save = useMutation({
    mutationFn: (content: string) =>
      ask(api.POST('/api/v1/notes', { body: { content: textToHtml(content), [kind === 'person' ? 'person_id' : 'org_id']: id } })),
    onSuccess: note => {
      setText(null);
      refresh();
      notifyDone('Note saved.', () => ask(api.DELETE('/api/v1/notes/{id}', { params: { path: { id: note.id } } })).then(refresh));
    },
    onError: error => notifyError(error, 'Not saved'),
  });
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text?.trim()) save.mutate(text);
  };
  useShortcuts([{ keys: 'm', label: 'Write a note', group: 'Contact', run: () => setText(text ?? '') }]);
  return (
    <>
      <Group justify="space-between">
        <h2 style={{ margin: 0, fontSize: 14 }}>History</h2>
        {text === null && (
          <Button size="xs" variant="default" leftSection={<IconNote size={15} aria-hidden />} onClick={() => setText('')}>
            Note
          </Button>
        )}
      </Group>
      {text !== null && (
        <form onSubmit={submit}>
          <Stack gap="xs" mt="xs">
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
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setText(null)}>
                Cancel
              </Button>
              <Button type="submit" loading={save.isPending} disabled={!text.trim()}>
                Save the note
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </>
  );
};
