import { Anchor, Group, Paper, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { write } from '../filters/condition';
import { StatusBadge } from '../ui/StatusBadge';
import { ErrorState } from '../ui/states';
import { useFormat } from '../ui/useFormat';

/** The deals that sell a product: how many, what they come to, and the newest of them. */
export const ProductDeals = ({ id }: { id: number }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const where = write({ field: 'product_id', operator: 'has', values: [id] });
  const summary = useQuery({
    queryKey: ['deals', 'summary', 'product', id],
    queryFn: () => ask(api.GET('/api/v1/deals/summary', { params: { query: { where } } })),
  });
  const deals = useQuery({
    queryKey: ['deals', 'product', id],
    queryFn: () =>
      ask(api.GET('/api/v1/deals', { params: { query: { where, sort: ['-updated_at'], limit: 10, include: ['organization'] } } })),
  });
  const error = summary.error ?? deals.error;
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3">
          Deals
        </Title>
        {summary.data && summary.data.deals > 0 && (
          <Anchor component={Link} to={`/deals/list?${new URLSearchParams({ tab: 'all', where: where! })}`} size="sm">
            All {format.number(summary.data.deals)} · {format.money(summary.data.value, summary.data.converted_to)}
          </Anchor>
        )}
      </Group>
      {error && <ErrorState error={error} onRetry={() => void Promise.all([summary.refetch(), deals.refetch()])} />}
      {deals.data?.data.length === 0 && (
        <Text size="sm" c="dimmed">
          No deal sells it yet.
        </Text>
      )}
      {deals.data && deals.data.data.length > 0 && (
        <Table.ScrollContainer minWidth={520}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Deal</Table.Th>
                <Table.Th>Organization</Table.Th>
                <Table.Th>Stage</Table.Th>
                <Table.Th ta="end">Value</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {deals.data.data.map(deal => (
                <Table.Tr key={deal.id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/deals/${deal.id}`} size="sm">
                      {deal.title}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{deal.organization?.name ?? '–'}</Table.Td>
                  <Table.Td>{deal.status === 'open' ? catalog.stage(deal.stage_id)?.name : <StatusBadge status={deal.status} />}</Table.Td>
                  <Table.Td ta="end" className="tabular">
                    {format.money(deal.value, deal.currency)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
};
