import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '../api/client';
import { onEvent } from '../api/live';
import type { ApiEvent, Deal, DealPatch } from '../api/types';
import { useSession } from '../session/useSession';
import { notifyDone, notifyError } from '../ui/notify';

const include: ('person' | 'organization' | 'contacts' | 'followers')[] = ['person', 'organization', 'contacts', 'followers'];

export const useDeal = (id: number) =>
  useQuery({ queryKey: ['deal', id], queryFn: () => ask(api.GET('/api/v1/deals/{id}', { params: { path: { id }, query: { include } } })) });

/** The former values of what a patch changes: what takes it back. */
export const reversed = (deal: Deal, patch: DealPatch): DealPatch => {
  const back: Record<string, unknown> = {};
  for (const name of Object.keys(patch)) {
    if (name === 'custom')
      back.custom = Object.fromEntries(
        Object.keys(patch.custom ?? {}).map(slug => [slug, (deal.custom as Record<string, unknown>)[slug] ?? null]),
      );
    else back[name] = (deal as Record<string, unknown>)[name] ?? null;
  }
  // Reopening clears what belongs to the outcome, so it need not be said; saying it would be refused.
  if (patch.status && deal.status === 'open') return { status: 'open' };
  return back as DealPatch;
};

/** Changes a deal: shown at once, put back when refused, undone for ten seconds. */
export const useChangeDeal = (id: number) => {
  const queries = useQueryClient();
  const key = ['deal', id];
  return useMutation({
    mutationFn: ({ patch }: { patch: DealPatch; done?: string }) =>
      ask(api.PATCH('/api/v1/deals/{id}', { params: { path: { id } }, body: patch })),
    onMutate: async ({ patch }) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<Deal>(key);
      if (before)
        queries.setQueryData<Deal>(key, {
          ...before,
          ...(patch as Partial<Deal>),
          custom: { ...before.custom, ...(patch.custom as object) },
        });
      return { before };
    },
    onSuccess: (_, { patch, done }, { before }) => {
      if (before)
        notifyDone(done ?? 'Saved.', () =>
          ask(api.PATCH('/api/v1/deals/{id}', { params: { path: { id } }, body: reversed(before, patch) })).then(() =>
            queries.invalidateQueries({ queryKey: key }),
          ),
        );
    },
    onError: (error, _, context) => {
      if (context?.before) queries.setQueryData(key, context.before);
      notifyError(error, 'Not saved');
    },
    onSettled: () => {
      for (const root of ['deal', 'board', 'deals', 'timeline']) void queries.invalidateQueries({ queryKey: [root] });
    },
  });
};

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
