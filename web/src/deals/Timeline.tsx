import { ActionIcon, Button, Chip, Group, Text, Tooltip } from '@mantine/core';
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
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Catalog, useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { components, Deal } from '../api/types';
import type { Format } from '../ui/format';
import { htmlToText } from '../ui/html';
import { notifyDone, notifyError } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import classes from './Deal.module.css';
import { sizeText } from './files';
import { dialectName, fieldName, fieldValue } from './words';

type Entry = components['schemas']['TimelineEntry'];
type Kind = Entry['kind'];

const filters: { key: string; label: string; kinds: Kind[] }[] = [
  { key: 'all', label: 'All', kinds: [] },
  { key: 'notes', label: 'Notes', kinds: ['note'] },
  { key: 'activities', label: 'Activities', kinds: ['activity'] },
  { key: 'mail', label: 'E-mail', kinds: ['mail_message'] },
  { key: 'files', label: 'Files', kinds: ['file'] },
  { key: 'changes', label: 'Changes', kinds: ['deal', 'deal_change', 'deal_follower', 'participant'] },
  { key: 'api', label: 'API calls', kinds: ['deal', 'deal_change'] },
];
const everything: Kind[] = ['activity', 'note', 'file', 'mail_message', 'deal', 'deal_change', 'deal_follower', 'participant'];

/** Changes that only repeat another one: a stage change brings its time along. */
const silent = new Set(['position', 'added_at', 'closed_at', 'first_won_at', 'stage_changed_at', 'won_at', 'lost_at']);

const page = 40;

/** What happened to the deal, newest first; each entry says who, when, and through what. */
export const Timeline = ({ deal }: { deal: Deal }) => {
  const [filter, setFilter] = useState('all');
  const chosen = filters.find(one => one.key === filter)!;
  const query = useInfiniteQuery({
    queryKey: ['timeline', 'deal', deal.id, filter],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/deals/{id}/timeline', {
          params: {
            path: { id: deal.id },
            query: { kinds: chosen.kinds.length ? chosen.kinds : everything, limit: page, offset: pageParam },
          },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.has_more ? all.reduce((sum, one) => sum + one.data.length, 0) : undefined),
  });
  const entries = (query.data?.pages ?? [])
    .flatMap(one => one.data)
    .filter(entry => !(entry.kind === 'deal_change' && entry.field && silent.has(entry.field)))
    .filter(entry => filter !== 'api' || (entry.dialect !== 'web' && entry.dialect !== null && entry.dialect !== undefined));
  return (
    <div>
      <Chip.Group value={filter} onChange={value => setFilter(value as string)}>
        <Group gap={6} my="md" role="radiogroup" aria-label="Show in the timeline">
          {filters.map(one => (
            <Chip key={one.key} value={one.key} size="xs">
              {one.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <LoadingRows rows={4} />
      ) : null}
      {query.data && entries.length === 0 && (
        <Text size="sm" c="dimmed" py="lg" ta="center">
          Nothing here yet.
        </Text>
      )}
      <ol className={classes.timeline}>
        {entries.map(entry => (
          <Item key={`${entry.kind} ${entry.id} ${entry.field ?? ''}`} entry={entry} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button variant="subtle" fullWidth loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </div>
  );
};

const Item = ({ entry }: { entry: Entry }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const { icon: Icon, title, body, tools } = shown(entry, catalog, format);
  const who = entry.actor_id ?? entry.activity?.owner_id ?? entry.note?.user_id ?? entry.file?.user_id ?? null;
  return (
    <li data-kind={entry.kind}>
      <span className={classes.dot} aria-hidden>
        <Icon size={15} />
      </span>
      <div className={classes.entry}>
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <Text size="sm" fw={500} component="div" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Text>
          {tools}
        </Group>
        {body && (
          <Text size="sm" className={classes.text} dir="auto">
            {body}
          </Text>
        )}
        <span className={classes.faint}>
          {[
            who ? (catalog.user(who)?.name ?? `#${who}`) : null,
            format.instant(entry.at),
            entry.dialect && entry.dialect !== 'web' ? `through ${dialectName(entry.dialect)}` : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
    </li>
  );
};

type Shown = { icon: TablerIcon; title: React.ReactNode; body?: string; tools?: React.ReactNode };

const shown = (entry: Entry, catalog: Catalog, format: Format): Shown => {
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
      const field = entry.field ?? '';
      const value = (of: unknown) => fieldValue(field, of, catalog, format);
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
      const name = isUser ? catalog.user(id)?.name : undefined;
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
