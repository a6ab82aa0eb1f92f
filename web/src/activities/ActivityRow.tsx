import { Anchor, Badge, Checkbox, Group, Text } from '@mantine/core';
import {
  IconAlertCircle,
  IconBriefcase,
  IconBuilding,
  IconCalendarDue,
  IconCheck,
  IconClock,
  IconQuestionMark,
  IconUser,
  type TablerIcon,
} from '@tabler/icons-react';
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

/** What the records are called that activities are about. */
export type Names = Record<'deals' | 'persons' | 'organizations', Map<number, string>>;

type Props = { activity: Activity; names: Names; tabIndex: (at: number) => number; onOpen: () => void; onDone: () => void };

/** The place of the subject among the controls of a row, behind the box. */
export const subjectAt = 1;

export const ActivityRow = ({ activity, names, tabIndex, onOpen, onDone }: Props) => {
  const format = useFormat();
  const catalog = useCatalog();
  const due = dueOf(activity, format.today());
  const { icon: Icon, color } = looks[due];
  const type = catalog.activityTypes.find(one => one.key === activity.type)?.name ?? activity.type;
  const owner = catalog.user(activity.owner_id);
  const { deal_id, person_id, org_id } = activity;
  const abouts = [
    ...(deal_id ? [{ to: `/deals/${deal_id}`, icon: IconBriefcase, name: names.deals.get(deal_id), what: 'Deal' }] : []),
    ...(person_id ? [{ to: `/contacts/persons/${person_id}`, icon: IconUser, name: names.persons.get(person_id), what: 'Person' }] : []),
    ...(org_id
      ? [{ to: `/contacts/organizations/${org_id}`, icon: IconBuilding, name: names.organizations.get(org_id), what: 'Organization' }]
      : []),
  ];
  return (
    <Group className={classes.row} gap="sm" wrap="nowrap" data-row={activity.id}>
      <Checkbox tabIndex={tabIndex(0)} aria-label={`Done: ${activity.subject}`} checked={activity.done} onChange={onDone} />
      <div className={classes.subject}>
        <Anchor
          component="button"
          type="button"
          tabIndex={tabIndex(subjectAt)}
          size="sm"
          fw={600}
          ta="left"
          onClick={onOpen}
          td={activity.done ? 'line-through' : undefined}
        >
          <span dir="auto">{activity.subject}</span>
        </Anchor>
        <Group gap={6}>
          <Badge size="xs" variant="default">
            {type}
          </Badge>
          {abouts.map((about, at) => (
            <About key={about.what} {...about} tabIndex={tabIndex(subjectAt + 1 + at)} />
          ))}
        </Group>
      </div>
      <Group gap={4} wrap="nowrap" style={{ color }} className={classes.due}>
        <Icon size={15} aria-hidden />
        <Text size="sm" fw={600} component="span">
          {due === 'overdue' ? 'Overdue: ' : ''}
          {format.due(activity.due_on, activity.due_time)}
        </Text>
      </Group>
      {owner && <UserAvatar user={owner} size={24} />}
    </Group>
  );
};

const About = ({
  to,
  icon: Icon,
  name,
  what,
  tabIndex,
}: {
  to: string;
  icon: TablerIcon;
  name: string | undefined;
  what: string;
  tabIndex: number;
}) => (
  <Link to={to} tabIndex={tabIndex} className={classes.about}>
    <Icon size={13} aria-hidden />
    <span dir="auto">{name ?? what}</span>
  </Link>
);
