import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Activity } from '../api/types';
import { notifyDone, notifyError } from '../ui/notify';

type Patch = { done?: boolean; due_on?: string | null; due_time?: string | null };

const patch = (id: number, body: Patch) => ask(api.PATCH('/api/v1/activities/{id}', { params: { path: { id } }, body }));

/** What shows activities, and so is old when one changed. */
export const refresh = (queries: QueryClient) => {
  for (const root of ['activities', 'timeline', 'deal', 'board', 'deals']) void queries.invalidateQueries({ queryKey: [root] });
};

/** Done with one click; "plan next?" is for whoever calls. */
export const useDone = (onDone?: (activity: Activity) => void) => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (activity: Activity) => patch(activity.id, { done: !activity.done }),
    onSuccess: (_, activity) => {
      notifyDone(`“${activity.subject}” is ${activity.done ? 'open again' : 'done'}.`, () =>
        patch(activity.id, { done: activity.done }).then(() => refresh(queries)),
      );
      if (!activity.done) onDone?.(activity);
    },
    onError: error => notifyError(error),
    onSettled: () => refresh(queries),
  });
};

export const useReschedule = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ activity, due_on }: { activity: Activity; due_on: string }) => patch(activity.id, { due_on }),
    onSuccess: (_, { activity, due_on }) =>
      notifyDone(`“${activity.subject}” moved to ${due_on}.`, () =>
        patch(activity.id, { due_on: activity.due_on }).then(() => refresh(queries)),
      ),
    onError: error => notifyError(error),
    onSettled: () => refresh(queries),
  });
};

export const removeActivity = async (queries: QueryClient, activity: Activity) => {
  await ask(api.DELETE('/api/v1/activities/{id}', { params: { path: { id: activity.id } } }));
  refresh(queries);
  notifyDone(`“${activity.subject}” deleted.`, () =>
    ask(api.POST('/api/v1/activities/{id}/restore', { params: { path: { id: activity.id } } })).then(() => refresh(queries)),
  );
};
