import {
  IconArrowRight,
  IconBriefcase,
  IconCalendarEvent,
  IconFile,
  IconMail,
  IconNote,
  IconPencil,
  IconPlus,
  IconRestore,
  IconTrash,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Catalog } from '../api/catalog';
import type { ApiEvent, components } from '../api/types';
import { sizeText } from '../deals/files';
import type { Format } from '../ui/format';
import { htmlToText } from '../ui/html';
import { NoteTools } from './NoteTools';
import classes from './Past.module.css';
import { fieldName, fieldValue, isTold, type Subject } from './words';

type Told = components['schemas']['TimelineEntry'];

/** What happened once, as a timeline of the API tells it; products and activities have theirs out of the log ({@link entriesOf}). */
export type Entry = Omit<Told, 'kind'> & { kind: Told['kind'] | 'product_change' | 'activity_change' };

/** What records are called that entries only name by id. */
export type Named = { persons: Map<number, string>; organizations: Map<number, string>; deals: Map<number, string> };

/** The records that an entry names. */
export const namedBy = (entry: Entry) => {
  const ids = [entry.old, entry.new].filter(one => typeof one === 'number');
  return {
    persons: entry.kind === 'participant' || entry.field === 'person_id' ? ids : [],
    organizations: entry.field === 'org_id' ? ids : [],
    deals: entry.field === 'deal_id' ? ids : [],
  };
};

/** The log tells of a new record as of the change that gave it its first time. */
export const isBirth = (entry: Entry) => entry.field === 'added_at' && entry.old == null;

/** Somebody began or ceased to follow, or to take part. */
export const isPeople = ({ kind }: Entry) => kind === 'participant' || kind.endsWith('_follower');

/** Whether people are told: of a change that says more than another one beside it. */
export const isShown = (entry: Entry) => !entry.kind.endsWith('_change') || isBirth(entry) || isTold(entry.field ?? '');

/** A line of the log as entries: a new record is one, else each field that changed. */
export const entriesOf = (event: ApiEvent, kind: 'product_change' | 'activity_change'): Entry[] => {
  const { id, at, actor_id, dialect, note: note_of_change } = event;
  const common = { kind, id, at, actor_id, dialect, note_of_change };
  if (event.action === 'created') return [{ ...common, field: 'added_at', old: null, new: at }];
  return event.changes.map(change => ({ ...common, field: change.field, old: change.old, new: change.new }));
};

type Shown = { icon: TablerIcon; title: React.ReactNode; body?: string; tools?: React.ReactNode };

/** An entry as it is read in the past of a record: what it is, what it says, and what can be done with it. */
export const shown = (entry: Entry, of: Subject, named: Named, catalog: Catalog, format: Format): Shown => {
  switch (entry.kind) {
    case 'note':
      return {
        icon: IconNote,
        title: 'Note',
        body: htmlToText(entry.note?.content ?? ''),
        tools: entry.note ? <NoteTools note={entry.note} of={of} /> : undefined,
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
      return {
        icon: IconBriefcase,
        title: (
          <>
            New deal: <Link to={`/deals/${entry.deal?.id}`}>{entry.deal?.title}</Link>
          </>
        ),
        body: entry.deal ? format.money(entry.deal.value, entry.deal.currency) : undefined,
      };
    case 'deal_change':
    case 'person_change':
    case 'organization_change':
    case 'product_change':
    case 'activity_change':
      return changed(entry, entry.kind.slice(0, -'_change'.length) as Subject, named, catalog, format);
    default: {
      const added = entry.new !== null && entry.new !== undefined;
      const isUser = entry.kind.endsWith('follower');
      const id = Number(added ? entry.new : entry.old);
      const name = isUser ? catalog.user(id)?.name : named.persons.get(id);
      return { icon: IconUser, title: `${isUser ? 'Follower' : 'Participant'} ${added ? 'added' : 'removed'}${name ? `: ${name}` : ''}` };
    }
  }
};

const changed = (entry: Entry, subject: Subject, named: Named, catalog: Catalog, format: Format): Shown => {
  if (isBirth(entry)) return { icon: IconPlus, title: 'Created' };
  const field = entry.field ?? '';
  if (field === 'deleted_at') return entry.new ? { icon: IconTrash, title: 'Deleted' } : { icon: IconRestore, title: 'Restored' };
  const names = { person_id: named.persons, org_id: named.organizations, deal_id: named.deals }[field];
  const value = (of: unknown) => (of != null && names?.get(Number(of))) || fieldValue(field, of, catalog, format, subject);
  return {
    icon: IconPencil,
    title: (
      <>
        {fieldName(field, catalog, subject)}: <span className={classes.faint}>{value(entry.old)}</span>{' '}
        <IconArrowRight size={12} aria-label="became" /> {value(entry.new)}
      </>
    ),
    body: entry.note_of_change ?? undefined,
  };
};
