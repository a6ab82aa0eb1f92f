import { Text } from '@mantine/core';
import { IconAt, IconCalendarDue, IconFileCheck, IconFileX, IconUserCheck, IconWebhook, type TablerIcon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import { useNames } from '../api/names';
import { useFormat } from '../ui/useFormat';
import classes from './Shell.module.css';
import type { News, Told } from './useNews';

type Props = { news: News; onGo: () => void };

/** The list behind the bell. */
export default function NewsList({ news, onGo }: Props) {
  const format = useFormat();
  const titles = useNames(
    'deal',
    news.told.map(one => one.deal_id),
  );
  const isEmpty = news.due.length + news.told.length + news.imports.length === 0;
  const today = format.today();
  return (
    <div className={classes.news}>
      {isEmpty && (
        <Text size="sm" c="dimmed" p="md">
          Nothing is due, and nobody waits for you.
        </Text>
      )}
      {news.due.length > 0 && <h2>Due</h2>}
      {news.due.map(activity => (
        <Entry
          key={`a${activity.id}`}
          icon={IconCalendarDue}
          color={(activity.due_on ?? '') < today ? 'var(--t-overdue)' : 'var(--t-today)'}
          to={activity.deal_id ? `/deals/${activity.deal_id}` : '/activities'}
          onGo={onGo}
          text={activity.subject}
          when={`${(activity.due_on ?? '') < today ? 'Overdue: ' : ''}${format.due(activity.due_on, activity.due_time)}`}
        />
      ))}
      {news.dueTotal > news.due.length && (
        <Link to="/activities" onClick={onGo} className={classes.more}>
          All {format.number(news.dueTotal)}
        </Link>
      )}
      {news.told.length + news.imports.length > 0 && <h2>Lately</h2>}
      {news.told.map(one => (
        <ToldEntry key={one.event_id} told={one} title={titles.get(one.deal_id ?? 0)} onGo={onGo} />
      ))}
      {news.imports.map(job => (
        <Entry
          key={job.uid}
          icon={job.state === 'completed' ? IconFileCheck : IconFileX}
          color={job.state === 'completed' ? 'var(--t-won)' : 'var(--t-lost)'}
          to={`/import/${job.uid}`}
          onGo={onGo}
          text={job.state === 'completed' ? `An import has ended: ${format.number(job.done)} rows` : 'An import failed'}
          when={format.ago(job.updated_at ?? '')}
        />
      ))}
    </div>
  );
}

const ToldEntry = ({ told, title, onGo }: { told: Told; title: string | undefined; onGo: () => void }) => {
  const format = useFormat();
  const catalog = useCatalog();
  const who = catalog.user(told.actor_id)?.name ?? 'An automation';
  const deal = title ? `“${title}”` : 'a deal';
  const texts = {
    assigned:
      told.subject === 'activity'
        ? `${who} planned an activity for you${told.deal_id ? ` on ${deal}` : ''}`
        : `${who} gave you ${told.subject === 'deal' ? deal : 'a lead'}`,
    mentioned: `${who} named you in a note${told.deal_id ? ` on ${deal}` : ''}`,
    webhook_paused: 'A webhook was paused: its receiver failed too often',
  };
  const icons = { assigned: IconUserCheck, mentioned: IconAt, webhook_paused: IconWebhook };
  const to =
    told.kind === 'webhook_paused' ? `/settings/webhooks/${told.subject_id}` : told.deal_id ? `/deals/${told.deal_id}` : '/activities';
  return (
    <Entry icon={icons[told.kind]} color="var(--t-accent)" to={to} onGo={onGo} text={texts[told.kind]} when={format.ago(told.at ?? '')} />
  );
};

type EntryProps = { icon: TablerIcon; color: string; to: string; text: string; when: string; onGo: () => void };

const Entry = ({ icon: Icon, color, to, text, when, onGo }: EntryProps) => (
  <Link to={to} onClick={onGo} className={classes.told}>
    <Icon size={17} aria-hidden style={{ color, flex: 'none', marginTop: 2 }} />
    <span>
      <span dir="auto">{text}</span>
      <small>{when}</small>
    </span>
  </Link>
);
