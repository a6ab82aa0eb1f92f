import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ActionIcon, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Activity } from '../api/types';
import { useFormat } from '../ui/useFormat';
import classes from './Activities.module.css';
import type { Names } from './ActivityRow';
import { dueOf, startOf } from './days';

type Props = {
  days: string[];
  activities: Activity[];
  names: Names;
  onOpen: (activity: Activity) => void;
  onAdd: (day: string) => void;
  onMove: (activity: Activity, day: string) => void;
};

const colors = {
  overdue: '--t-overdue-fill',
  today: '--t-today-fill',
  upcoming: '--t-planned-fill',
  undated: '--t-line',
  done: '--t-line',
};

/** Days side by side. Cards are dragged to another day; by keyboard, the card's form sets its day. */
export const Calendar = ({ days, activities, ...on }: Props) => (
  <div className={classes.week} style={{ '--days': days.length } as React.CSSProperties}>
    {days.map(day => (
      <Day key={day} day={day} activities={activities.filter(one => one.due_on === day)} all={activities} {...on} />
    ))}
  </div>
);

const Day = ({ day, activities, all, names, onOpen, onAdd, onMove }: { day: string; all: Activity[] } & Omit<Props, 'days'>) => {
  const format = useFormat();
  const column = useRef<HTMLElement>(null);
  const [isOver, setOver] = useState(false);
  useEffect(
    () =>
      dropTargetForElements({
        element: column.current!,
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          const moved = all.find(one => one.id === source.data.activity);
          if (moved && moved.due_on !== day) onMove(moved, day);
        },
      }),
    [all, day, onMove],
  );
  const sorted = [...activities].sort((a, b) => (startOf(a) ?? -1) - (startOf(b) ?? -1));
  const weekday = new Intl.DateTimeFormat(format.locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  return (
    <section
      ref={column}
      className={classes.day}
      data-today={day === format.today() || undefined}
      data-over={isOver || undefined}
      aria-label={`${weekday} ${format.day(day)}`}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={600}>
          {weekday} {format.day(day)}
        </Text>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={`Plan something on ${format.day(day)}`} onClick={() => onAdd(day)}>
          <IconPlus size={14} aria-hidden />
        </ActionIcon>
      </Group>
      {sorted.map(one => (
        <Card key={one.id} activity={one} deal={names.deals.get(one.deal_id ?? 0)} today={format.today()} onOpen={() => onOpen(one)} />
      ))}
    </section>
  );
};

type CardProps = { activity: Activity; deal: string | undefined; today: string; onOpen: () => void };

const Card = ({ activity, deal, today, onOpen }: CardProps) => {
  const format = useFormat();
  const card = useRef<HTMLButtonElement>(null);
  useEffect(() => draggable({ element: card.current!, getInitialData: () => ({ activity: activity.id }) }), [activity.id]);
  return (
    <button
      ref={card}
      type="button"
      className={classes.card}
      data-done={activity.done || undefined}
      style={{ '--due': `var(${colors[dueOf(activity, today)]})` } as React.CSSProperties}
      onClick={onOpen}
    >
      {activity.due_time && <strong>{format.clock(activity.due_time)} </strong>}
      {activity.subject}
      {deal && (
        <small className={classes.deal} dir="auto">
          {deal}
        </small>
      )}
    </button>
  );
};
