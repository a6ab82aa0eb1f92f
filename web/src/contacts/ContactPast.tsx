import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import type { components } from '../api/types';
import { htmlToText } from '../ui/html';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import classes from './Contacts.module.css';
import { type Kind, kinds } from './kinds';

type Entry = components['schemas']['TimelineEntry'];

const sentence = (entry: Entry) => {
  switch (entry.kind) {
    case 'activity':
    case 'planned_activity':
      return `${entry.activity?.subject ?? 'Activity'}${entry.kind === 'planned_activity' ? ' (planned)' : ''}`;
    case 'note':
      return htmlToText(entry.note?.content ?? '');
    case 'file':
      return `File: ${entry.file?.name ?? ''}`;
    case 'mail_message':
      return `E-mail: ${entry.mail_message?.subject ?? ''}`;
    case 'deal':
      return `Deal: ${entry.deal?.title ?? ''}`;
    default:
      return entry.field ? `${entry.field.replaceAll('_', ' ')} changed` : entry.kind.replaceAll('_', ' ');
  }
};

/** What happened around them, newest first. */
export const ContactPast = ({ kind, id }: { kind: Kind; id: number }) => {
  const format = useFormat();
  const catalog = useCatalog();
  const { data, error, refetch } = useQuery({ queryKey: ['timeline', kind, id], queryFn: () => kinds[kind].timeline(id) });
  return (
    <section className={classes.card} aria-label="History">
      <Title order={2} size="h5" mb="xs">
        History
      </Title>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={3} />
      ) : data.data.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing has happened yet.
        </Text>
      ) : (
        data.data.map(entry => (
          <div key={`${entry.kind} ${entry.id} ${entry.field ?? ''}`} className={classes.entry}>
            <Text size="sm">
              {entry.kind === 'deal' && entry.deal ? <Link to={`/deals/${entry.deal.id}`}>{sentence(entry)}</Link> : sentence(entry)}
            </Text>
            <Text size="xs" c="dimmed">
              {entry.at ? format.ago(entry.at) : ''} · {catalog.user(entry.actor_id)?.name ?? entry.dialect ?? ''}
            </Text>
          </div>
        ))
      )}
    </section>
  );
};
