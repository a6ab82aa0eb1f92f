import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Activity, components } from '../api/types';
import { useSession } from '../session/useSession';
import { now as clockNow } from '../ui/clock';
import { useFormat } from '../ui/useFormat';

export type Told = components['schemas']['Notification'];
export type Job = components['schemas']['Job'];
export type News = { due: Activity[]; dueTotal: number; told: Told[]; imports: Job[] };

const key = 'tributary-news-seen';

/** What is due, what others did, and imports that have ended; new is what came after the list was last opened in this browser. */
export const useNews = () => {
  const { user } = useSession();
  const format = useFormat();
  const today = format.today();
  const [seen, setSeen] = useState(() => localStorage.getItem(key) ?? '');
  const { data: due } = useQuery({
    queryKey: ['activities', 'due', user.id, today],
    queryFn: () =>
      ask(
        api.GET('/api/v1/activities', {
          params: { query: { owner_id: user.id, done: false, due_on_to: today, sort: ['due_on'], limit: 8, total: true } },
        }),
      ),
  });
  const { data: told } = useQuery({
    queryKey: ['deals', 'notifications'],
    queryFn: () => ask(api.GET('/api/v1/notifications')),
    refetchInterval: 60_000,
  });
  const { data: jobs } = useQuery({
    queryKey: ['jobs', 'import', 'news'],
    queryFn: () => ask(api.GET('/api/v1/jobs', { params: { query: { kind: 'import', sort: ['-added_at'], limit: 3 } } })),
  });
  const imports = (jobs?.data ?? []).filter(job => job.state === 'completed' || job.state === 'failed' || job.state === 'rejected');
  const news: News = { due: due?.data ?? [], dueTotal: due?.total ?? 0, told: told?.data ?? [], imports };
  const fresh = [...news.told.map(one => one.at), ...imports.map(job => job.updated_at)].filter(at => (at ?? '') > seen);
  const look = () => {
    const now = new Date(clockNow()).toISOString();
    localStorage.setItem(key, now);
    setSeen(now);
  };
  return { news, unseen: fresh.length, look };
};
