import { Paper, Table, Text, Title } from '@mantine/core';
import type { Product } from '../api/types';
import { useFormat } from '../ui/useFormat';

/** What it costs in each currency, and what is earned. */
export const ProductPrices = ({ product }: { product: Product }) => {
  const format = useFormat();
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h3" mb="xs">
        Prices
      </Title>
      {product.prices.length === 0 ? (
        <Text size="sm" c="dimmed">
          No price yet: lines of deals begin with zero.
        </Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Currency</Table.Th>
              <Table.Th ta="end">Price</Table.Th>
              <Table.Th ta="end">Cost</Table.Th>
              <Table.Th ta="end">Margin</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {product.prices.map(price => (
              <Table.Tr key={price.currency}>
                <Table.Td>{price.currency}</Table.Td>
                <Table.Td ta="end">{format.money(price.price, price.currency)}</Table.Td>
                <Table.Td ta="end">{format.money(price.cost, price.currency)}</Table.Td>
                <Table.Td ta="end">
                  {price.cost == null || price.price === 0 ? '–' : format.percent(((price.price - price.cost) / price.price) * 100)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  );
};
