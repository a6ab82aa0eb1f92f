import { Badge, Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask } from '../api/client';
import type { Activity } from '../api/types';
import { useCreate } from '../app/create';
import { useIsPhone } from '../app/Shell';
import { useShortcuts } from '../app/shortcuts';
import { ActivityTypePicker, UserPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { firstDayOfWeek } from '../ui/format';
import { Empty, ErrorState, FilteredOut, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import classes from './Activities.module.css';
import { ActivityForm } from './ActivityForm';
import { ActivityRow } from './ActivityRow';
import { Calendar } from './Calendar';
import { useDone, useReschedule } from './changes';
import { addDays, byDue, weekOf } from './days';

const titles = { overdue: 'Overdue', today: 'Today', upcoming: 'Upcoming', undated: 'Without a day', done: 'Done' };

/** What is to be done: as a list by urgency, or as days and weeks. */
export default function ActivitiesScreen() {
  const [search, setSearch] = useSearchParams();
  const { user } = useSession();
  const format = useFormat();
  const isPhone = useIsPhone();
  const create = useCreate();
  const [open, setOpen] = useState<Activity | null>(null);
  const view = search.get('view') ?? 'list';
  const day = search.get('day') ?? format.today();
  const owner = search.get('owner') ?? String(user.id);
  const type = search.get('type');
  const done = search.get('done') === 'true';
  const days = view === 'day' ? [day] : weekOf(day, firstDayOfWeek(format.locale));
  const set = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) value === null ? next.delete(name) : next.set(name, value);
    setSearch(next);
  };

  const period = view === 'list' ? { done } : { due_on_from: days[0], due_on_to: days.at(-1) };
  const query = useInfiniteQuery({
    queryKey: ['activities', 'screen', view, owner, type, period],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/activities', {
          params: {
            query: {
              ...period,
              ...(owner === 'all' ? {} : { owner_id: Number(owner) }),
              ...(type ? { type } : {}),
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
  const finish = useDone(activity => {
    if (activity.deal_id) create('activity', { deal_id: activity.deal_id, due_on: addDays(format.today(), 7) });
  });
  const move = useReschedule();
  useShortcuts([{ keys: 'a', label: 'Plan an activity', group: 'Activities', run: () => create('activity') }]);
  const isNarrowed = type !== null || owner !== String(user.id) || done;

  return (
    <Stack gap="sm" p="md" style={{ height: '100%', overflow: 'auto' }}>
      <Group justify="space-between" gap="sm">
        <Title order={1} size="h3">
          Activities
        </Title>
        <Group gap="xs">
          <SegmentedControl
            aria-label="View"
            size="xs"
            data={[
              { value: 'list', label: 'List' },
              { value: 'day', label: 'Day' },
              { value: 'week', label: 'Week' },
            ]}
            value={view}
            onChange={value => set({ view: value })}
          />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create('activity')}>
            Activity
          </Button>
        </Group>
      </Group>
      <Group gap="xs" align="end">
        <UserPicker
          size="xs"
          label="Owner"
          value={owner === 'all' ? null : Number(owner)}
          onChange={id => set({ owner: id === null ? 'all' : String(id) })}
          placeholder="Everyone"
          clearable
          clearButtonProps={{ 'aria-label': 'Everyone' }}
        />
        <ActivityTypePicker
          size="xs"
          label="Type"
          placeholder="Any"
          value={type}
          clearable
          clearButtonProps={{ 'aria-label': 'Any type' }}
          onChange={key => set({ type: key })}
        />
        {view === 'list' ? (
          <SegmentedControl
            aria-label="State"
            size="xs"
            data={[
              { value: 'false', label: 'To do' },
              { value: 'true', label: 'Done' },
            ]}
            value={String(done)}
            onChange={value => set({ done: value === 'true' ? 'true' : null })}
          />
        ) : (
          <Group gap={4}>
            <Button size="xs" variant="default" aria-label="Earlier" onClick={() => set({ day: addDays(day, view === 'day' ? -1 : -7) })}>
              <IconChevronLeft size={14} aria-hidden />
            </Button>
            <Button size="xs" variant="default" onClick={() => set({ day: null })}>
              Today
            </Button>
            <Button size="xs" variant="default" aria-label="Later" onClick={() => set({ day: addDays(day, view === 'day' ? 1 : 7) })}>
              <IconChevronRight size={14} aria-hidden />
            </Button>
          </Group>
        )}
      </Group>
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isLoading ? (
        <LoadingRows />
      ) : view !== 'list' ? (
        <Calendar
          days={isPhone ? [day] : days}
          activities={activities}
          onOpen={setOpen}
          onAdd={due => create('activity', { due_on: due })}
          onMove={(activity, due) => move.mutate({ activity, due_on: due })}
        />
      ) : activities.length === 0 ? (
        isNarrowed ? (
          <FilteredOut what="activities" onClear={() => setSearch({})} />
        ) : (
          <Empty title="Nothing to do" actions={<Button onClick={() => create('activity')}>Plan an activity</Button>}>
            Calls, meetings and tasks stand here by urgency. A deal without a next step is a deal that waits.
          </Empty>
        )
      ) : (
        <>
          {byDue(activities, format.today()).map(([due, members]) => (
            <section key={due} aria-label={titles[due]}>
              <Group gap="xs" mb={6}>
                <Title order={2} size="h5">
                  {titles[due]}
                </Title>
                <Badge variant="default">{members.length}</Badge>
              </Group>
              <div className={classes.group}>
                {members.map(one => (
                  <ActivityRow key={one.id} activity={one} onOpen={() => setOpen(one)} onDone={() => finish.mutate(one)} />
                ))}
              </div>
            </section>
          ))}
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
