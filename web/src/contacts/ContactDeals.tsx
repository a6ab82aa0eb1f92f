import { Anchor, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import { write } from '../filters/condition';
import { CardTable } from '../ui/CardTable';
import { StatusBadge } from '../ui/StatusBadge';
import { useFormat } from '../ui/useFormat';
import { type Kind, kinds } from './kinds';
import { ListCard } from './ListCard';

/** What is, was and might be sold to them: the newest, and the way to all. */
export const ContactDeals = ({ kind, id }: { kind: Kind; id: number }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const answer = useQuery({ queryKey: ['deals', kind, id], queryFn: () => kinds[kind].deals(id) });
  const where = write({ field: kind === 'person' ? 'person_id' : 'org_id', operator: 'in', values: [id] })!;
  return (
    <ListCard
      title="Deals"
      answer={answer}
      all={{ to: `/deals/list?${new URLSearchParams({ tab: 'all', where })}`, label: 'Show in the list' }}
      empty="None yet."
    >
      {deals => (
        <CardTable label="Deals" head={['Deal', 'Stage', 'Expected close', 'Owner', 'Value']} figures={['Value']}>
          {deals.map(deal => (
            <Table.Tr key={deal.id}>
              <Table.Td>
                <Anchor component={Link} to={`/deals/${deal.id}`} size="sm" fw={600}>
                  <bdi>{deal.title}</bdi>
                </Anchor>
              </Table.Td>
              <Table.Td>{deal.status === 'open' ? catalog.stage(deal.stage_id)?.name : <StatusBadge status={deal.status} />}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{format.day(deal.expected_close)}</Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{catalog.user(deal.owner_id)?.name ?? '–'}</Table.Td>
              <Table.Td ta="end" className="tabular" style={{ whiteSpace: 'nowrap' }}>
                {format.money(deal.value, deal.currency)}
              </Table.Td>
            </Table.Tr>
          ))}
        </CardTable>
      )}
    </ListCard>
  );
};
