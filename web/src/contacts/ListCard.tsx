import { Anchor, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ErrorState, LoadingRows } from '../ui/states';
import classes from './Contacts.module.css';

type Props<T> = {
  title: string;
  answer: { data?: { data: T[] }; error: unknown; refetch: () => unknown };
  /** The way to all of them, when there are some. */
  all: { to: string; label: ReactNode };
  empty: string;
  children: (rows: T[]) => ReactNode;
};

/** The first of what belongs to a contact, and the way to all. */
export const ListCard = <T,>({ title, answer: { data, error, refetch }, all, empty, children }: Props<T>) => (
  <section className={classes.card} aria-label={title}>
    <Group justify="space-between" mb="xs">
      <Title order={2} size="h5">
        {title}
      </Title>
      {data && data.data.length > 0 && (
        <Anchor component={Link} to={all.to} size="sm">
          {all.label}
        </Anchor>
      )}
    </Group>
    {error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : !data ? (
      <LoadingRows rows={2} />
    ) : data.data.length === 0 ? (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    ) : (
      children(data.data)
    )}
  </section>
);
