import { Button, Group, Popover, Stack, Text } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconAlertTriangle, IconCalendarEvent, IconCheck, IconCircleDashed, IconClockExclamation, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { firstDayOfWeek } from '../ui/format';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';
import { activityState, type ActivityState as State } from './board';

const icons = { overdue: IconClockExclamation, today: IconCalendarEvent, planned: IconCircleDashed, none: IconAlertTriangle };
const words: Record<State, string> = { overdue: 'Overdue', today: 'Due today', planned: 'Planned', none: 'No activity' };

/** The next activity in a colour and a word; opened, it can be done, moved or added to. */
export const ActivityState = ({ deal, onPlan }: { deal: Deal; onPlan: () => void }) => {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [used, setUsed] = useState(false);
  const state = activityState(deal, format.today());
  const Icon = icons[state];
  const on = deal.facts?.next_activity_on;
  const button = (
    <button
      type="button"
      className={classes.state}
      data-state={state}
      aria-haspopup="dialog"
      tabIndex={-1}
      onClick={event => {
        event.stopPropagation();
        setUsed(true);
        setOpen(before => !before);
      }}
    >
      <Icon size={14} aria-hidden />
      <span className="visually-hidden">{words[state]}, </span>
      {on ? format.nearDay(on) : 'none'}
      <span className="visually-hidden">: activities of {deal.title}</span>
    </button>
  );
  // The popover comes with the first press: a board has many cards, and few of them are ever asked.
  if (!used) return button;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown aria-label="Activities" onClick={event => event.stopPropagation()}>
        {open && (
          <NextActivity
            deal={deal}
            onPlan={() => {
              setOpen(false);
              onPlan();
            }}
            onDone={() => setOpen(false)}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
};

const NextActivity = ({ deal, onPlan, onDone }: { deal: Deal; onPlan: () => void; onDone: () => void }) => {
  const format = useFormat();
  const [moving, setMoving] = useState(false);
  const id = deal.facts?.next_activity_id;
  const { data: activity } = useQuery({
    queryKey: ['activities', id],
    queryFn: () => ask(api.GET('/api/v1/activities/{id}', { params: { path: { id: id! } } })),
    enabled: id != null,
  });
  const change = useMutation({
    mutationFn: (body: { done?: boolean; due_on?: string }) =>
      ask(api.PATCH('/api/v1/activities/{id}', { params: { path: { id: id! } }, body })),
    onSuccess: (_, body) => {
      const before = activity;
      notifyDone(body.done ? 'Activity done.' : 'Activity moved.', () =>
        ask(
          api.PATCH('/api/v1/activities/{id}', {
            params: { path: { id: id! } },
            body: body.done ? { done: false } : { due_on: before?.due_on ?? null },
          }),
        ),
      );
      onDone();
    },
    onError: error => notifyError(error),
  });
  return (
    <Stack gap="xs" miw={220}>
      {id == null ? (
        <Text size="sm" c="dimmed">
          Nothing is planned.
        </Text>
      ) : (
        <>
          <Text size="sm" fw={600}>
            {activity?.subject ?? '…'}
          </Text>
          <Text size="xs" c="dimmed">
            {format.due(activity?.due_on, activity?.due_time)}
          </Text>
          <Group gap="xs">
            <Button
              size="compact-sm"
              leftSection={<IconCheck size={14} aria-hidden />}
              loading={change.isPending}
              onClick={() => change.mutate({ done: true })}
            >
              Done
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setMoving(before => !before)} aria-expanded={moving}>
              Reschedule
            </Button>
          </Group>
          {moving && (
            <DatePicker
              size="xs"
              firstDayOfWeek={firstDayOfWeek(format.locale)}
              value={activity?.due_on ?? null}
              onChange={day => day && change.mutate({ due_on: day })}
            />
          )}
        </>
      )}
      <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={onPlan}>
        Plan an activity
      </Button>
    </Stack>
  );
};
