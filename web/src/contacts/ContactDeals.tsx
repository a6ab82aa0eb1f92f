import { Badge, Group, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import classes from './Contacts.module.css';
import { type Kind, kinds } from './kinds';

/** What is, was and might be sold to them. */
export const ContactDeals = ({ kind, id }: { kind: Kind; id: number }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const { data, error, refetch } = useQuery({ queryKey: ['deals', kind, id], queryFn: () => kinds[kind].deals(id) });
  return (
    <section className={classes.card} aria-label="Deals">
      <Title order={2} size="h5" mb="xs">
        Deals
      </Title>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingRows rows={2} />
      ) : data.data.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet.
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing={6} aria-label="Deals">
            <Table.Tbody>
              {data.data.map(deal => (
                <Table.Tr key={deal.id}>
                  <Table.Td>
                    <Text component={Link} to={`/deals/${deal.id}`} size="sm" fw={600}>
                      {deal.title}
                    </Text>
                  </Table.Td>
                  <Table.Td>{catalog.stage(deal.stage_id)?.name}</Table.Td>
                  <Table.Td>
                    <Group gap={4}>
                      <Badge variant="light" style={{ color: `var(--t-${deal.status})`, background: `var(--t-${deal.status}-bg)` }}>
                        {deal.status}
                      </Badge>
                    </Group>
                  </Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {format.money(deal.value, deal.currency)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  );
};
