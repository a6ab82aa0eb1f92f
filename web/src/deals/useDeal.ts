import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '../api/client';
import { onEvent } from '../api/live';
import type { ApiEvent, Deal, DealPatch } from '../api/types';
import { useSession } from '../session/useSession';
import { formerOf, useChange } from '../ui/useChange';

const include: ('person' | 'organization' | 'contacts')[] = ['person', 'organization', 'contacts'];

export const useDeal = (id: number) =>
  useQuery({ queryKey: ['deal', id], queryFn: () => ask(api.GET('/api/v1/deals/{id}', { params: { path: { id }, query: { include } } })) });

/** The former values of what a patch changes: what takes it back. */
export const reversed = (deal: Deal, patch: DealPatch): DealPatch =>
  // Reopening clears what belongs to the outcome, so it need not be said; saying it would be refused.
  patch.status && deal.status === 'open' ? { status: 'open' } : (formerOf(patch as Record<string, unknown>, deal) as DealPatch);

/** Changes a deal: shown at once, put back when refused, undone for ten seconds. */
export const useChangeDeal = (id: number) =>
  useChange<Deal, DealPatch>({
    key: ['deal', id],
    send: patch => ask(api.PATCH('/api/v1/deals/{id}', { params: { path: { id } }, body: patch })),
    former: reversed,
    roots: ['deal', 'board', 'deals', 'timeline'],
  });

/** What others did to the deal while it is open here. */
export const useOthersChanges = (id: number) => {
  const { user } = useSession();
  const [events, setEvents] = useState<ApiEvent[]>([]);
  useEffect(() => {
    setEvents([]);
    return onEvent(event => {
      const isThis = event.subject === 'deal' ? event.subject_id === id : event.deal_id === id;
      // One's own tab is no news; one's own script is.
      if (isThis && (event.actor_id !== user.id || event.dialect !== 'web')) setEvents(before => [...before.slice(-4), event]);
    });
  }, [id, user.id]);
  return { events, dismiss: () => setEvents([]) };
};
