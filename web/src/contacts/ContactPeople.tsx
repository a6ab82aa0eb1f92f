import { Anchor, Group, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { write } from '../filters/condition';
import { CardTable } from '../ui/CardTable';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import classes from './Contacts.module.css';

/** Who works there. */
export const ContactPeople = ({ id }: { id: number }) => {
  const format = useFormat();
  const { data, error, refetch } = useQuery({
    queryKey: ['persons', 'organization', id],
    queryFn: () => ask(api.GET('/api/v1/persons', { params: { query: { org_id: id, limit: 8, total: true, sort: ['name'] } } })),
  });
  const where = write({ field: 'org_id', operator: 'in', values: [id] })!;
  return (
    <section className={classes.card} aria-label="People">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          People
        </Title>
        {data && data.data.length > 0 && (
          <Anchor component={Link} to={`/contacts/persons?${new URLSearchParams({ where })}`} size="sm">
            All {format.number(data.total ?? data.data.length)}
          </Anchor>
        )}
      </Group>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={2} />
      ) : data.data.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody yet.
        </Text>
      ) : (
        <CardTable label="People" head={['Name', 'Job title', 'E-mail', 'Phone']}>
          {data.data.map(person => (
            <Table.Tr key={person.id}>
              <Table.Td>
                <Anchor component={Link} to={`/contacts/persons/${person.id}`} size="sm" fw={600}>
                  <bdi>{person.name}</bdi>
                </Anchor>
              </Table.Td>
              <Table.Td>{person.job_title}</Table.Td>
              <Table.Td>{person.email}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{person.phone}</Table.Td>
            </Table.Tr>
          ))}
        </CardTable>
      )}
    </section>
  );
};
