import { Button, Group } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { useState } from 'react';
import { useShortcuts } from '../app/shortcuts';
import { NoteForm } from '../past/NoteForm';
import type { Kind } from './kinds';

/** The heading of the history, with the way to write something down. */
export const AddNote = ({ kind, id }: { kind: Kind; id: number }) => {
  const [isOpen, setOpen] = useState(false);
  useShortcuts([{ keys: 'm', label: 'Write a note', group: 'Contact', run: () => setOpen(true) }]);
  return (
    <>
      <Group justify="space-between" mb={isOpen ? 'xs' : 0}>
        <h2 style={{ margin: 0, fontSize: 14 }}>History</h2>
        {!isOpen && (
          <Button size="xs" variant="default" leftSection={<IconNote size={15} aria-hidden />} onClick={() => setOpen(true)}>
            Note
          </Button>
        )}
      </Group>
      {isOpen && <NoteForm about={kind === 'person' ? { person_id: id } : { org_id: id }} onClose={() => setOpen(false)} />}
    </>
  );
};
