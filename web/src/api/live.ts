import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { ApiEvent } from './types';

/** Which queries an event of a subject makes old, by the first part of their keys. */
const affected: Record<string, string[]> = {
  deal: ['deals', 'deal', 'board', 'insights', 'forecast', 'search'],
  deal_product: ['deal', 'deals', 'board', 'deal-products'],
  deal_contact: ['deal', 'deals', 'deal-people'],
  activity: ['activities', 'deal', 'deals', 'board', 'timeline'],
  note: ['notes', 'timeline', 'deal'],
  file: ['files', 'timeline', 'deal'],
  mail_message: ['mail', 'timeline', 'deal'],
  person: ['persons', 'person', 'contacts', 'board', 'deals', 'timeline'],
  organization: ['organizations', 'organization', 'contacts', 'board', 'deals', 'timeline'],
  product: ['products', 'product', 'timeline'],
  lead: ['leads'],
  pipeline: ['pipelines', 'stages', 'board'],
  stage: ['stages', 'pipelines', 'board'],
  label: ['labels'],
  tag: ['tags'],
  lost_reason: ['lost-reasons'],
  activity_type: ['activity-types'],
  field: ['fields'],
  filter: ['filters'],
  currency: ['currencies'],
  user: ['users', 'session'],
  user_group: ['groups'],
  workspace: ['session', 'workspace'],
  api_key: ['keys'],
  app: ['apps'],
  webhook: ['webhooks'],
  automation: ['automations'],
  goal: ['goals'],
  job: ['jobs'],
  import: ['imports'],
};

export type Connection = 'open' | 'connecting' | 'offline';
type Listener = (event: ApiEvent) => void;

let connection: Connection = 'connecting';
const watchers = new Set<() => void>();
const listeners = new Set<Listener>();

const become = (next: Connection) => {
  if (next === connection) return;
  connection = next;
  for (const watcher of watchers) watcher();
};

/** Whether what is shown follows the server. */
export const useConnection = () =>
  useSyncExternalStore(
    watcher => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => connection,
  );

/** Calls back with every event the user may see; returns how to stop. */
export const onEvent = (listener: Listener) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** How long events are gathered before what is shown is asked for again: a bulk edit is one refresh, not three hundred. */
const gatherFor = 120;

/** Follows the log. Everything on screen that an event concerns is read again; screens may listen too ({@link onEvent}). */
export const follow = (queries: QueryClient) => {
  let stopped = false;
  let retry = 1000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  const old = new Set<string>();

  const refresh = () => {
    gathering = undefined;
    const keys = [...old];
    old.clear();
    for (const key of keys) void queries.invalidateQueries({ queryKey: [key] });
  };

  const take = (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as ApiEvent;
    last = message.lastEventId;
    for (const key of affected[event.subject] ?? []) old.add(key);
    if (event.deal_id != null) for (const key of ['deal', 'timeline']) old.add(key);
    for (const listener of listeners) listener(event);
    gathering ??= setTimeout(refresh, gatherFor);
  };

  const open = () => {
    if (stopped) return;
    // The stream names its events, and EventSource hands named ones only to those who ask by name; so it is read by hand.
    const abort = new AbortController();
    stop = () => abort.abort();
    void read(`/api/v1/events/stream`, last, abort.signal, take, () => {
      retry = 1000;
      if (connection === 'offline') void queries.invalidateQueries();
      become('open');
    })
      .catch(() => {})
      .finally(() => {
        if (stopped) return;
        become(navigator.onLine ? 'connecting' : 'offline');
        timer = setTimeout(open, retry);
        retry = Math.min(retry * 2, 15_000);
        if (retry > 4000) become('offline');
      });
  };

  // The browser knows at once that the network is gone; the stream only when its silence has become too long.
  const lost = () => {
    become('offline');
    stop();
  };
  const found = () => {
    clearTimeout(timer);
    retry = 1000;
    open();
  };
  addEventListener('offline', lost);
  addEventListener('online', found);

  let stop = () => {};
  open();
  return () => {
    stopped = true;
    removeEventListener('offline', lost);
    removeEventListener('online', found);
    clearTimeout(timer);
    clearTimeout(gathering);
    stop();
  };
};

const read = async (url: string, last: string, signal: AbortSignal, take: (message: MessageEvent<string>) => void, opened: () => void) => {
  const response = await fetch(url, { signal, headers: { Accept: 'text/event-stream', ...(last ? { 'Last-Event-ID': last } : {}) } });
  if (!response.ok || !response.body) throw new Error('The event stream was refused.');
  opened();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const { events, left } = parse(rest + value);
    rest = left;
    for (const event of events) take(new MessageEvent('message', { data: event.data, lastEventId: event.id }));
  }
};

/** The complete events of a piece of a text/event-stream, and what is left for the next piece. */
export const parse = (text: string) => {
  const blocks = text.split('\n\n');
  const left = blocks.pop() ?? '';
  const events = blocks.flatMap(block => {
    const lines = block.split('\n');
    const of = (name: string) => lines.filter(line => line.startsWith(`${name}: `)).map(line => line.slice(name.length + 2));
    const data = of('data').join('\n');
    return data ? [{ id: of('id')[0] ?? '', data }] : [];
  });
  return { events, left };
};
