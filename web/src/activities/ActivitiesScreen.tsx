import { Button, Stack, Text } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { useNames } from '../api/names';
import type { Activity } from '../api/types';
import { useCreate } from '../app/create';
import { FirstRunActions } from '../app/FirstRunActions';
import { useIsPhone } from '../app/Shell';
import { useShortcuts } from '../app/shortcuts';
import { useIsFirstRun } from '../app/useIsFirstRun';
import { Empty, ErrorState, FilteredOut, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { ActivityForm } from './ActivityForm';
import { ActivityList } from './ActivityList';
import { ActivityToolbar } from './ActivityToolbar';
import { Calendar } from './Calendar';
import { useDone, useReschedule } from './changes';
import { addDays } from './days';
import { useActivityView } from './useActivityView';

/** What is to be done: as a list by urgency, or as days and weeks. */
export default function ActivitiesScreen() {
  const format = useFormat();
  const isPhone = useIsPhone();
  const create = useCreate();
  const [open, setOpen] = useState<Activity | null>(null);
  const at = useActivityView();
  const isFirstRun = useIsFirstRun();
  const { view, owner, type, where, done, day, days, isNarrowed, set } = at;
  const period = view === 'list' ? (done === null ? {} : { done }) : { due_on_from: days[0], due_on_to: days.at(-1) };
  const query = useInfiniteQuery({
    queryKey: ['activities', 'screen', view, owner, type, where, period],
    enabled: !at.views.isBeginning,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/activities', {
          params: {
            query: {
              ...period,
              ...(owner === 'all' ? {} : { owner_id: Number(owner) }),
              ...(type ? { type } : {}),
              ...(where ? { where } : {}),
              sort: [done && view === 'list' ? '-due_on' : 'due_on'],
              limit: 100,
              cursor: pageParam,
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: last => last.next_cursor ?? undefined,
  });
  const activities = (query.data?.pages ?? []).flatMap(page => page.data);
  const deals = useNames(
    'deal',
    activities.map(one => one.deal_id),
  );
  const persons = useNames(
    'person',
    activities.map(one => one.person_id),
  );
  const organizations = useNames(
    'organization',
    activities.map(one => one.org_id),
  );
  const names = { deals, persons, organizations };
  const finish = useDone(activity => {
    if (activity.deal_id) create('activity', { deal_id: activity.deal_id, due_on: addDays(format.today(), 7) });
  });
  const move = useReschedule();
  useShortcuts([{ keys: 'a', label: 'Plan an activity', group: 'Activities', run: () => create('activity') }]);

  return (
    <Stack gap="sm" p="md" style={{ height: '100%', overflow: 'auto' }}>
      <ActivityToolbar at={at} />
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isLoading ? (
        <LoadingRows />
      ) : view !== 'list' ? (
        <Calendar
          days={isPhone ? [day] : days}
          activities={activities}
          names={names}
          onOpen={setOpen}
          onAdd={due => create('activity', { due_on: due })}
          onMove={(activity, due) => move.mutate({ activity, due_on: due })}
        />
      ) : activities.length === 0 ? (
        isNarrowed ? (
          <FilteredOut what="activities" onClear={at.clear} />
        ) : (
          <Empty
            icon={IconCalendarCheck}
            title="Nothing to do"
            actions={
              <>
                <Button onClick={() => create('activity')}>Plan an activity</Button>
                {isFirstRun ? (
                  <FirstRunActions />
                ) : (
                  <Button variant="default" onClick={() => set({ owner: 'all' })}>
                    Show everyone’s
                  </Button>
                )}
              </>
            }
          >
            Calls, meetings and tasks stand here by urgency. A deal without a next step is a deal that waits.
          </Empty>
        )
      ) : (
        <>
          <ActivityList activities={activities} names={names} onOpen={setOpen} onDone={one => finish.mutate(one)} />
          {query.hasNextPage && (
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show more
            </Button>
          )}
          <Text size="xs" c="dimmed">
            {activities.length} shown
          </Text>
        </>
      )}
      {open && <ActivityForm activity={open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}
