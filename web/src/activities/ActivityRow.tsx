import { Anchor, Badge, Checkbox, Group, Text } from '@mantine/core';
import { IconAlertCircle, IconCalendarDue, IconCheck, IconClock, IconQuestionMark } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import type { Activity } from '../api/types';
import { UserAvatar } from '../ui/UserAvatar';
import { useFormat } from '../ui/useFormat';
import classes from './Activities.module.css';
import { type Due, dueOf } from './days';

const looks = {
  overdue: { icon: IconAlertCircle, color: 'var(--t-overdue)' },
  today: { icon: IconCalendarDue, color: 'var(--t-today)' },
  upcoming: { icon: IconClock, color: 'var(--t-planned)' },
  undated: { icon: IconQuestionMark, color: 'var(--t-dim)' },
  done: { icon: IconCheck, color: 'var(--t-won)' },
} satisfies Record<Due, unknown>;

type Props = { activity: Activity; onOpen: () => void; onDone: () => void };

export const ActivityRow = ({ activity, onOpen, onDone }: Props) => {
  const format = useFormat();
  const catalog = useCatalog();
  const due = dueOf(activity, format.today());
  const { icon: Icon, color } = looks[due];
  const type = catalog.activityTypes.find(one => one.key === activity.type)?.name ?? activity.type;
  const owner = catalog.user(activity.owner_id);
  return (
    <Group className={classes.row} gap="sm" wrap="nowrap">
      <Checkbox aria-label={`Done: ${activity.subject}`} checked={activity.done} onChange={onDone} />
      <div className={classes.subject}>
        <Anchor
          component="button"
          type="button"
          size="sm"
          fw={600}
          ta="left"
          onClick={onOpen}
          td={activity.done ? 'line-through' : undefined}
        >
          {activity.subject}
        </Anchor>
        <Group gap={6}>
          <Badge size="xs" variant="default">
            {type}
          </Badge>
          {activity.deal_id && (
            <Text component={Link} to={`/deals/${activity.deal_id}`} size="xs">
              Deal {activity.deal_id}
            </Text>
          )}
          {activity.person_id && (
            <Text component={Link} to={`/contacts/persons/${activity.person_id}`} size="xs">
              Person
            </Text>
          )}
          {activity.org_id && (
            <Text component={Link} to={`/contacts/organizations/${activity.org_id}`} size="xs">
              Organization
            </Text>
          )}
        </Group>
      </div>
      <Group gap={4} wrap="nowrap" style={{ color }} className={classes.due}>
        <Icon size={15} aria-hidden />
        <Text size="sm" fw={600} component="span">
          {due === 'overdue' ? 'Overdue, ' : ''}
          {activity.due_on ? format.nearDay(activity.due_on) : 'no day'} {activity.due_time ?? ''}
        </Text>
      </Group>
      {owner && <UserAvatar user={owner} size={24} />}
    </Group>
  );
};
