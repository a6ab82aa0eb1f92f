import { Badge, Group, Title } from '@mantine/core';
import type { Activity } from '../api/types';
import { useFormat } from '../ui/useFormat';
import { useRovingRows } from '../ui/useRovingRows';
import classes from './Activities.module.css';
import { ActivityRow, type Names, subjectAt } from './ActivityRow';
import { byDue } from './days';

const titles = { overdue: 'Overdue', today: 'Today', upcoming: 'Upcoming', undated: 'Without a day', done: 'Done' };

type Props = { activities: Activity[]; names: Names; onOpen: (activity: Activity) => void; onDone: (activity: Activity) => void };

/** Activities by urgency, all of them one stop of the Tab key. */
export const ActivityList = ({ activities, names, onOpen, onDone }: Props) => {
  const groups = byDue(activities, useFormat().today());
  const rows = useRovingRows(
    groups.flatMap(([, members]) => members.map(one => one.id)),
    subjectAt,
  );
  return (
    <div role="group" aria-label="Activities; the arrow keys go through them" className={classes.groups} {...rows.container}>
      {groups.map(([due, members]) => (
        <section key={due} aria-label={titles[due]}>
          <Group gap="xs" mb={6}>
            <Title order={2} size="h5">
              {titles[due]}
            </Title>
            <Badge variant="default">{members.length}</Badge>
          </Group>
          <div className={classes.group}>
            {members.map(one => (
              <ActivityRow
                key={one.id}
                activity={one}
                names={names}
                tabIndex={at => rows.tabIndex(one.id, at)}
                onOpen={() => onOpen(one)}
                onDone={() => onDone(one)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
};
