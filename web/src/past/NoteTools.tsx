import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconPin, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Note } from '../api/types';
import { notifyDone, notifyError } from '../ui/notify';
import type { Subject } from './words';

const pins = { deal: 'pinned_to_deal', person: 'pinned_to_person', organization: 'pinned_to_org' } as const;

/** The member that says whether a note stays in sight beside such a record. */
export const pinOf = (of: Subject) => pins[of as keyof typeof pins] ?? pins.deal;

/** What can be done with a note in a timeline. */
export const NoteTools = ({ note, of }: { note: Note; of: Subject }) => {
  const queries = useQueryClient();
  const pin = pinOf(of);
  const path = { params: { path: { id: note.id } } };
  const refresh = () => {
    for (const root of ['notes', 'timeline', 'deal']) void queries.invalidateQueries({ queryKey: [root] });
  };
  const toggle = () => ask(api.PATCH('/api/v1/notes/{id}', { ...path, body: { [pin]: !note[pin] } })).then(refresh, notifyError);
  const remove = () =>
    ask(api.DELETE('/api/v1/notes/{id}', path)).then(() => {
      refresh();
      notifyDone('Note deleted.', () => ask(api.POST('/api/v1/notes/{id}/restore', path)).then(refresh));
    }, notifyError);
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={note[pin] ? 'Unpin' : 'Pin to Focus'}>
        <ActionIcon
          size="sm"
          variant="subtle"
          color={note[pin] ? 'river' : 'gray'}
          aria-pressed={note[pin]}
          aria-label="Pin the note"
          onClick={toggle}
        >
          <IconPin size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Delete the note" onClick={remove}>
        <IconTrash size={14} aria-hidden />
      </ActionIcon>
    </Group>
  );
};
