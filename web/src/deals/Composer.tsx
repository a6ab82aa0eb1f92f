import { Button, Group, Select, Stack, Tabs, Textarea, TextInput } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { textToHtml } from '../ui/html';
import { notifyDone, notifyError } from '../ui/notify';
import classes from './Deal.module.css';
import { uploadFile } from './files';

export type Composed = 'note' | 'activity' | 'file' | 'mail' | 'call' | null;

const kinds = [
  { key: 'note', label: 'Note' },
  { key: 'activity', label: 'Activity' },
  { key: 'call', label: 'Call' },
  { key: 'mail', label: 'E-mail log' },
  { key: 'file', label: 'File' },
] as const;

type Props = { deal: Deal; open: Composed; onOpen: (what: Composed) => void; onClose: () => void };

/** Where what happened is written down. */
export const Composer = ({ deal, open, onOpen, onClose }: Props) => (
  <div className={classes.composer}>
    <Tabs value={open} onChange={value => onOpen(value as Composed)} variant="pills" keepMounted={false}>
      <Tabs.List
        aria-label="Add to the timeline"
        style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden', scrollbarWidth: 'none' }}
      >
        {kinds.map(kind => (
          <Tabs.Tab key={kind.key} value={kind.key} size="sm">
            {kind.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="note" pt="sm">
        <NoteForm deal={deal} onClose={onClose} />
      </Tabs.Panel>
      <Tabs.Panel value="call" pt="sm">
        <CallForm deal={deal} onClose={onClose} />
      </Tabs.Panel>
      <Tabs.Panel value="mail" pt="sm">
        <MailForm deal={deal} onClose={onClose} />
      </Tabs.Panel>
      <Tabs.Panel value="file" pt="sm">
        <FileForm deal={deal} onClose={onClose} />
      </Tabs.Panel>
    </Tabs>
  </div>
);

type FormProps = { deal: Deal; onClose: () => void };

/** Everything written here shows up in the timeline and on the board. */
const useWritten = (onClose: () => void) => {
  const queries = useQueryClient();
  return {
    onSuccess: () => {
      onClose();
      for (const root of ['timeline', 'deal', 'board', 'notes', 'activities', 'files', 'mail'])
        void queries.invalidateQueries({ queryKey: [root] });
    },
    onError: (error: unknown) => notifyError(error, 'Not saved'),
  };
};

const Buttons = ({ onClose, busy, disabled, label }: { onClose: () => void; busy: boolean; disabled?: boolean; label: string }) => (
  <Group justify="flex-end" gap="xs">
    <Button variant="default" onClick={onClose}>
      Cancel
    </Button>
    <Button type="submit" loading={busy} disabled={disabled}>
      {label}
    </Button>
  </Group>
);

const NoteForm = ({ deal, onClose }: FormProps) => {
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
        <Buttons onClose={onClose} busy={save.isPending} disabled={!text.trim()} label="Save the note" />
      </Stack>
    </form>
  );
};

/** A call that took place: an activity that is done. */
const CallForm = ({ deal, onClose }: FormProps) => {
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
        <Buttons onClose={onClose} busy={save.isPending} label="Log the call" />
      </Stack>
    </form>
  );
};

/** A message that was sent or received elsewhere. */
const MailForm = ({ deal, onClose }: FormProps) => {
  const contact = deal.contacts?.find(one => one.email);
  const [direction, setDirection] = useState<'incoming' | 'outgoing'>('outgoing');
  const [address, setAddress] = useState(contact?.email ?? '');
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const written = useWritten(onClose);
  const party = [{ email: address.trim(), name: contact?.email === address.trim() ? contact.name : null }];
  const save = useMutation({
    ...written,
    mutationFn: () =>
      ask(
        api.POST('/api/v1/mail-messages', {
          body: {
            subject: subject.trim(),
            body: body.trim() ? textToHtml(body) : null,
            direction,
            deal_id: deal.id,
            ...(direction === 'outgoing' ? { to: party } : { from: party }),
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
        <Group grow align="flex-end">
          <Select
            label="Direction"
            allowDeselect={false}
            value={direction}
            onChange={value => setDirection(value as typeof direction)}
            data={[
              { value: 'outgoing', label: 'We wrote' },
              { value: 'incoming', label: 'They wrote' },
            ]}
          />
          <TextInput
            label={direction === 'outgoing' ? 'To' : 'From'}
            type="email"
            required
            value={address}
            onChange={event => setAddress(event.currentTarget.value)}
          />
        </Group>
        <TextInput label="Subject" required value={subject} onChange={event => setSubject(event.currentTarget.value)} />
        <Textarea label="Text" autosize minRows={3} value={body} onChange={event => setBody(event.currentTarget.value)} />
        <Buttons onClose={onClose} busy={save.isPending} label="Log the message" />
      </Stack>
    </form>
  );
};

const FileForm = ({ deal, onClose }: FormProps) => {
  const save = useMutation({
    ...useWritten(onClose),
    mutationFn: (files: File[]) => Promise.all(files.map(file => uploadFile(file, deal.id))),
  });
  return (
    <Stack gap="xs">
      <Dropzone onDrop={files => save.mutate(files)} loading={save.isPending} aria-label="Files">
        <Stack align="center" gap={2} p="md" style={{ pointerEvents: 'none' }}>
          Drop files here, or press to choose them.
        </Stack>
      </Dropzone>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
};
