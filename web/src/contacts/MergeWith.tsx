import { Text } from '@mantine/core';
import { useState } from 'react';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { Modal } from '../ui/Modal';
import type { Contact, Kind } from './kinds';
import { MergeContacts } from './MergeContacts';

/** Chooses with which other one a contact is the same; both are then looked at side by side. */
export const MergeWith = ({ kind, contact, onClose }: { kind: Kind; contact: Contact; onClose: () => void }) => {
  const [other, setOther] = useState<Picked | null>(null);
  if (other) return <MergeContacts kind={kind} ids={[contact.id, other.id]} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={`Merge two ${kind}s`}>
      <RecordPicker
        kind={kind}
        label={`Which ${kind} is the same as ${contact.name}?`}
        autoFocus
        value={null}
        onChange={picked => picked?.id !== contact.id && setOther(picked)}
      />
      <Text size="xs" c="dimmed" mt="xs">
        Nothing is merged yet: both are shown side by side first.
      </Text>
    </Modal>
  );
};
