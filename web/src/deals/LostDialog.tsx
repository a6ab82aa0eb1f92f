import { Button, Group, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCatalog } from '../api/catalog';
import type { Deal, DealPatch } from '../api/types';
import { EntryInputs, type Given, patchOf } from '../stages/EntryInputs';
import { missing, outcome } from '../stages/entry';
import { Modal } from '../ui/Modal';

const own = ['lost_reason', 'closure_notes', 'competitors'];

type Props = { title: string; deals: Deal[]; onLose: (why: DealPatch) => void; onClose: () => void };

/** Why deals were lost. Everything may be left out that the pipeline's lost stage does not ask for; Enter confirms. */
export const LostDialog = ({ title, deals, onLose, onClose }: Props) => {
  const catalog = useCatalog();
  const { lostReasons } = catalog;
  const [given, setGiven] = useState<Given>({});
  const stage = deals[0] && outcome('lost', deals[0].pipeline_id, catalog.stages);
  const asked = stage ? missing(deals, stage, catalog.fields) : [];
  const more = asked.filter(name => !own.includes(name));
  const currency = deals[0]?.currency ?? 'EUR';
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
      ...patchOf(given, more, catalog, currency),
    });
  };
  return (
    <Modal opened onClose={onClose} title={title}>
      <form onSubmit={submit}>
        <Stack>
          <Select
            label="Reason"
            placeholder="Why was it lost?"
            data-autofocus
            openOnFocus={false}
            required={asked.includes('lost_reason')}
            clearable
            searchable
            value={reason}
            onChange={setReason}
            data={[...lostReasons.map(one => ({ value: one.name, label: one.name })), { value: 'other', label: 'Something else…' }]}
          />
          {reason === 'other' && (
            <TextInput
              label="The reason"
              autoFocus
              required={asked.includes('lost_reason')}
              value={other}
              onChange={event => setOther(event.currentTarget.value)}
            />
          )}
          <TagsInput
            label="Competitors"
            placeholder="Who won it"
            required={asked.includes('competitors') && competitors.length === 0}
            value={competitors}
            onChange={setCompetitors}
          />
          <Textarea
            label="Comment"
            autosize
            minRows={2}
            required={asked.includes('closure_notes')}
            value={notes}
            onChange={event => setNotes(event.currentTarget.value)}
          />
          <EntryInputs names={more} currency={currency} given={given} onChange={setGiven} />
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
