import { Button, Chip, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useNames } from '../api/names';
import type { Deal } from '../api/types';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import classes from './Deal.module.css';
import { type Contacts, contactsOf, type Entry, isBirth, shown } from './timelineEntry';
import { dialectName } from './words';

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
    .filter(entry => !(entry.kind === 'deal_change' && entry.field && silent.has(entry.field)) || isBirth(entry))
    .filter(entry => filter !== 'api' || (entry.dialect !== 'web' && entry.dialect !== null && entry.dialect !== undefined));
  const persons = useNames(
    'person',
    entries.flatMap(entry => contactsOf(entry).persons),
  );
  const organizations = useNames(
    'organization',
    entries.flatMap(entry => contactsOf(entry).organizations),
  );
  const contacts = { persons, organizations };
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
          <Item key={`${entry.kind} ${entry.id} ${entry.field ?? ''}`} entry={entry} contacts={contacts} />
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

const Item = ({ entry, contacts }: { entry: Entry; contacts: Contacts }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const { icon: Icon, title, body, tools } = shown(entry, contacts, catalog, format);
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
