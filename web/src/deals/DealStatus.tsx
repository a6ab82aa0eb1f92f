import { Badge, Group } from '@mantine/core';
import type { Deal } from '../api/types';
import { now } from '../ui/clock';
import { useFormat } from '../ui/useFormat';
import classes from './Deal.module.css';

/** Open, or since when it is not; and what else became of it. */
export const DealStatus = ({ deal }: { deal: Deal }) => {
  const format = useFormat();
  if (deal.deleted_at) return <Badge color="gray.7">Deleted</Badge>;
  return (
    <Group gap={6}>
      <span className={classes.status} data-status={deal.status}>
        {deal.status === 'open'
          ? 'Open'
          : `${deal.status === 'won' ? 'Won' : 'Lost'} ${format.day(format.dayOfInstant(deal.closed_at ?? deal.updated_at ?? new Date(now()).toISOString()))}`}
      </span>
      {deal.archived_at && <Badge color="gray.7">Archived</Badge>}
    </Group>
  );
};
