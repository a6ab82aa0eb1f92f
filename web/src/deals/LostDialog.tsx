import { Button, Group, Modal, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCatalog } from '../api/catalog';
import type { DealPatch } from '../api/types';

/** Why a deal was lost. Everything may be left out; Enter confirms. */
export const LostDialog = ({ title, onLose, onClose }: { title: string; onLose: (why: DealPatch) => void; onClose: () => void }) => {
  const { lostReasons } = useCatalog();
  const [reason, setReason] = useState<string | null>(null);
  const [other, setOther] = useState('');
  const [notes, setNotes] = useState('');
  const [competitors, setCompetitors] = useState<string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onLose({
      lost_reason: (reason === 'other' ? other : reason)?.trim() || null,
      ...(notes.trim() ? { closure_notes: notes.trim() } : {}),
      ...(competitors.length ? { competitors } : {}),
    });
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={submit}>
        <Stack>
          <Select
            label="Reason"
            placeholder="Why was it lost?"
            data-autofocus
            openOnFocus={false}
            clearable
            searchable
            value={reason}
            onChange={setReason}
            data={[...lostReasons.map(one => ({ value: one.name, label: one.name })), { value: 'other', label: 'Something else…' }]}
          />
          {reason === 'other' && (
            <TextInput label="The reason" autoFocus value={other} onChange={event => setOther(event.currentTarget.value)} />
          )}
          <TagsInput label="Competitors" placeholder="Who won it" value={competitors} onChange={setCompetitors} />
          <Textarea label="Comment" autosize minRows={2} value={notes} onChange={event => setNotes(event.currentTarget.value)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red.9">
              Mark as lost
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
