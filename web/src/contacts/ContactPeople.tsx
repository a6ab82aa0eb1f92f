import { Anchor, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { write } from '../filters/condition';
import { CardTable } from '../ui/CardTable';
import { useFormat } from '../ui/useFormat';
import { ListCard } from './ListCard';

/** Who works there. */
export const ContactPeople = ({ id }: { id: number }) => {
  const format = useFormat();
  const answer = useQuery({
    queryKey: ['persons', 'organization', id],
    queryFn: () => ask(api.GET('/api/v1/persons', { params: { query: { org_id: id, limit: 8, total: true, sort: ['name'] } } })),
  });
  const where = write({ field: 'org_id', operator: 'in', values: [id] })!;
  return (
    <ListCard
      title="People"
      answer={answer}
      all={{
        to: `/contacts/persons?${new URLSearchParams({ where })}`,
        label: `All ${format.number(answer.data?.total ?? answer.data?.data.length ?? 0)}`,
      }}
      empty="Nobody yet."
    >
      {people => (
        <CardTable label="People" head={['Name', 'Job title', 'E-mail', 'Phone']}>
          {people.map(person => (
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
    </ListCard>
  );
};
