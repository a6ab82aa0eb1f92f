import { ActionIcon, Group, Tooltip } from '@mantine/core';
import {
  IconArrowRight,
  IconCalendarEvent,
  IconFile,
  IconMail,
  IconNote,
  IconPencil,
  IconPin,
  IconPlus,
  IconTrash,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Catalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import type { Format } from '../ui/format';
import { htmlToText } from '../ui/html';
import { notifyDone, notifyError } from '../ui/notify';
import classes from './Deal.module.css';
import { sizeText } from './files';
import { fieldName, fieldValue } from './words';

export type Entry = components['schemas']['TimelineEntry'];

/** What contacts are called that entries only name by id. */
export type Contacts = { persons: Map<number, string>; organizations: Map<number, string> };

/** The persons and organizations that an entry names. */
export const contactsOf = (entry: Entry) => {
  const ids = [entry.old, entry.new].filter(one => typeof one === 'number');
  return {
    persons: entry.kind === 'participant' || entry.field === 'person_id' ? ids : [],
    organizations: entry.field === 'org_id' ? ids : [],
  };
};

/** The log tells of a new deal as of the change that gave it its first time. */
export const isBirth = (entry: Entry) => entry.kind === 'deal_change' && entry.field === 'added_at' && entry.old == null;

type Shown = { icon: TablerIcon; title: React.ReactNode; body?: string; tools?: React.ReactNode };

/** An entry as it is read: what it is, what it says, and what can be done with it. */
export const shown = (entry: Entry, contacts: Contacts, catalog: Catalog, format: Format): Shown => {
  switch (entry.kind) {
    case 'note':
      return {
        icon: IconNote,
        title: 'Note',
        body: htmlToText(entry.note?.content ?? ''),
        tools: entry.note ? <NoteTools id={entry.note.id} pinned={entry.note.pinned_to_deal} /> : undefined,
      };
    case 'activity':
    case 'planned_activity': {
      const activity = entry.activity;
      const type = catalog.activityTypes.find(one => one.key === activity?.type)?.name ?? activity?.type ?? 'Activity';
      return {
        icon: IconCalendarEvent,
        title: `${type}${activity?.done ? ' done' : ''}: ${activity?.subject ?? ''}`,
        body: activity?.note ? htmlToText(activity.note) : undefined,
      };
    }
    case 'file':
      return {
        icon: IconFile,
        title: entry.file?.is_local ? (
          <a href={`/api/v1/files/${entry.file.id}/content`} download>
            {entry.file.name}
          </a>
        ) : (
          (entry.file?.name ?? 'File')
        ),
        body: entry.file ? sizeText(entry.file.size_bytes) : undefined,
      };
    case 'mail_message':
      return {
        icon: IconMail,
        title: `${entry.mail_message?.direction === 'incoming' ? 'Received' : 'Sent'}: ${entry.mail_message?.subject ?? ''}`,
        body: entry.mail_message?.snippet,
      };
    case 'deal':
      return { icon: IconPlus, title: 'Deal added' };
    case 'deal_change': {
      if (isBirth(entry)) return { icon: IconPlus, title: 'Deal added' };
      const field = entry.field ?? '';
      const names = field === 'person_id' ? contacts.persons : field === 'org_id' ? contacts.organizations : null;
      const value = (of: unknown) => (names && of != null && names.get(Number(of))) || fieldValue(field, of, catalog, format);
      return {
        icon: IconPencil,
        title: (
          <>
            {fieldName(field, catalog)}: <span className={classes.faint}>{value(entry.old)}</span>{' '}
            <IconArrowRight size={12} aria-label="became" /> {value(entry.new)}
          </>
        ),
        body: entry.note_of_change ?? undefined,
      };
    }
    default: {
      const added = entry.new !== null && entry.new !== undefined;
      const isUser = entry.kind.endsWith('follower');
      const id = Number(added ? entry.new : entry.old);
      const name = isUser ? catalog.user(id)?.name : contacts.persons.get(id);
      return { icon: IconUser, title: `${isUser ? 'Follower' : 'Participant'} ${added ? 'added' : 'removed'}${name ? `: ${name}` : ''}` };
    }
  }
};

const NoteTools = ({ id, pinned }: { id: number; pinned: boolean }) => {
  const queries = useQueryClient();
  const refresh = () => {
    for (const root of ['notes', 'timeline', 'deal']) void queries.invalidateQueries({ queryKey: [root] });
  };
  const pin = () =>
    ask(api.PATCH('/api/v1/notes/{id}', { params: { path: { id } }, body: { pinned_to_deal: !pinned } })).then(refresh, notifyError);
  const remove = () =>
    ask(api.DELETE('/api/v1/notes/{id}', { params: { path: { id } } })).then(() => {
      refresh();
      notifyDone('Note deleted.', () => ask(api.POST('/api/v1/notes/{id}/restore', { params: { path: { id } } })).then(refresh));
    }, notifyError);
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={pinned ? 'Unpin' : 'Pin to Focus'}>
        <ActionIcon
          size="sm"
          variant="subtle"
          color={pinned ? 'river' : 'gray'}
          aria-pressed={pinned}
          aria-label="Pin the note"
          onClick={pin}
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
