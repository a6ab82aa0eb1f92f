import { ActionIcon, Checkbox, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconPinnedOff } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Activity } from '../api/types';
import { htmlToText } from '../ui/html';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { pinOf } from './NoteTools';
import classes from './Past.module.css';

const keys = { deal: 'deal_id', person: 'person_id', organization: 'org_id' } as const;

/** What must not be overlooked: planned activities and pinned notes. */
export const Focus = ({ of, id }: { of: keyof typeof keys; id: number }) => {
  const about = { [keys[of]]: id };
  const { data: activities } = useQuery({
    queryKey: ['activities', of, id, 'open'],
    queryFn: () => ask(api.GET('/api/v1/activities', { params: { query: { ...about, done: false, sort: ['due_on'], limit: 50 } } })),
  });
  const { data: notes } = useQuery({
    queryKey: ['notes', of, id, 'pinned'],
    queryFn: () => ask(api.GET('/api/v1/notes', { params: { query: { ...about, [pinOf(of)]: true, limit: 20 } } })),
  });
  const open = (activities?.data ?? []).filter(activity => activity.status === 'open' || activity.status === 'in_progress');
  if (open.length === 0 && (notes?.data ?? []).length === 0) return null;
  return (
    <section className={classes.focus} aria-label="Focus">
      <Title order={3} size="h6" mb={4}>
        Focus
      </Title>
      {open.map(activity => (
        <Planned key={activity.id} activity={activity} />
      ))}
      {(notes?.data ?? []).map(note => (
        <Group key={note.id} gap="xs" align="flex-start" wrap="nowrap">
          <Text size="sm" className={classes.pinned}>
            {htmlToText(note.content)}
          </Text>
          <Unpin id={note.id} pin={pinOf(of)} />
        </Group>
      ))}
    </section>
  );
};

const Planned = ({ activity }: { activity: Activity }) => {
  const format = useFormat();
  const catalog = useCatalog();
  const queries = useQueryClient();
  const today = format.today();
  const state = !activity.due_on ? 'none' : activity.due_on < today ? 'overdue' : activity.due_on === today ? 'today' : 'planned';
  const set = (done: boolean) => ask(api.PATCH('/api/v1/activities/{id}', { params: { path: { id: activity.id } }, body: { done } }));
  const finish = useMutation({
    mutationFn: () => set(true),
    onSuccess: () => notifyDone(`“${activity.subject}” done.`, () => set(false)),
    onError: error => notifyError(error),
    onSettled: () => {
      for (const root of ['activities', 'timeline', 'deal', 'board']) void queries.invalidateQueries({ queryKey: [root] });
    },
  });
  return (
    <Group gap="xs" className={classes.planned}>
      <Checkbox aria-label={`Done: ${activity.subject}`} checked={finish.isPending} onChange={() => finish.mutate()} />
      <Text size="sm" flex="1 1 170px" miw={0} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{activity.subject}</bdi>{' '}
        <span className={classes.faint}>
          {catalog.activityTypes.find(type => type.key === activity.type)?.name ?? activity.type} ·{' '}
          {catalog.user(activity.owner_id)?.name ?? 'nobody'}
        </span>
      </Text>
      <span style={{ color: `var(--t-${state})`, fontWeight: 600, fontSize: 13, whiteSpace: 'nowrap' }}>
        {state === 'overdue' ? 'Overdue, ' : ''}
        {format.due(activity.due_on, activity.due_time)}
      </span>
    </Group>
  );
};

const Unpin = ({ id, pin }: { id: number; pin: ReturnType<typeof pinOf> }) => {
  const queries = useQueryClient();
  const unpin = () =>
    ask(api.PATCH('/api/v1/notes/{id}', { params: { path: { id } }, body: { [pin]: false } })).then(() => {
      for (const root of ['notes', 'timeline']) void queries.invalidateQueries({ queryKey: [root] });
    }, notifyError);
  return (
    <Tooltip label="Unpin">
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Unpin the note" onClick={unpin}>
        <IconPinnedOff size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
};
