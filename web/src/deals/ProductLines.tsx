import { Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { type Line, type LinePatch, LineRow } from './LineRow';
import { useProductsRefresh } from './useProductsRefresh';

const taxes = [
  { value: 'none', label: 'No tax' },
  { value: 'exclusive', label: 'Tax on top' },
  { value: 'inclusive', label: 'Tax within' },
];

/** The same line once more, for whoever takes its removal back. */
const asNew = (line: Line) => ({
  product_id: line.product_id,
  variation_id: line.variation_id,
  item_price: line.item_price,
  quantity: line.quantity,
  discount: line.discount,
  discount_type: line.discount_type,
  tax: line.tax,
  tax_method: line.tax_method,
  comments: line.comments,
  is_enabled: line.is_enabled,
  billing_frequency: line.billing_frequency,
  billing_cycles: line.billing_cycles,
  billing_start: line.billing_start,
});

/** What is sold, line by line. */
export const ProductLines = ({ deal, lines }: { deal: Deal; lines: Line[] }) => {
  const format = useFormat();
  const refresh = useProductsRefresh(deal);
  const [product, setProduct] = useState<Picked | null>(null);
  const path = (line: number) => ({ path: { id: deal.id, line } });
  const settled = { onSettled: refresh, onError: (error: unknown) => notifyError(error, 'Not saved') };
  const add = useMutation({
    ...settled,
    mutationFn: () =>
      ask(api.POST('/api/v1/deals/{id}/products', { params: { path: { id: deal.id } }, body: { product_id: product!.id, quantity: 1 } })),
    onSuccess: () => setProduct(null),
  });
  const change = useMutation({
    ...settled,
    mutationFn: ({ line, patch }: { line: number; patch: LinePatch }) =>
      ask(api.PATCH('/api/v1/deals/{id}/products/{line}', { params: path(line), body: patch })),
  });
  const remove = useMutation({
    ...settled,
    mutationFn: (line: Line) => ask(api.DELETE('/api/v1/deals/{id}/products/{line}', { params: path(line.id) })),
    onSuccess: (_, line) =>
      notifyDone(`${line.name ?? 'The line'} removed.`, async () => {
        await ask(
          api.POST('/api/v1/deals/{id}/products', {
            params: { path: { id: deal.id } },
            body: asNew(line),
          }),
        );
        refresh();
      }),
  });
  return (
    <Stack gap="sm">
      {lines.length > 0 && (
        <>
          <Group>
            <Select
              size="xs"
              label="Tax"
              w={140}
              allowDeselect={false}
              data={taxes}
              value={lines[0]!.tax_method}
              onChange={value => change.mutate({ line: lines[0]!.id, patch: { tax_method: value as Line['tax_method'] } })}
            />
          </Group>
          <Table.ScrollContainer minWidth={760}>
            <Table verticalSpacing={4} fz="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Product</Table.Th>
                  <Table.Th>Price</Table.Th>
                  <Table.Th>Quantity</Table.Th>
                  <Table.Th>Discount</Table.Th>
                  <Table.Th>Tax %</Table.Th>
                  <Table.Th>Billed</Table.Th>
                  <Table.Th ta="right">Sum</Table.Th>
                  <Table.Th aria-label="Actions" />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {lines.map(line => (
                  <LineRow
                    key={line.id}
                    line={line}
                    onChange={patch => change.mutate({ line: line.id, patch })}
                    onRemove={() => remove.mutate(line)}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Text ta="right" className="tabular" fw={650}>
            Value {format.money(deal.value, deal.currency)}
            {deal.mrr ? ` · ${format.money(deal.mrr, deal.currency)} a month` : ''}
          </Text>
        </>
      )}
      <form
        onSubmit={event => {
          event.preventDefault();
          if (product) add.mutate();
        }}
      >
        <Group align="flex-end" gap="xs">
          <RecordPicker kind="product" label="Add a product" value={product} onChange={setProduct} />
          <Button type="submit" disabled={!product} loading={add.isPending}>
            Add
          </Button>
        </Group>
      </form>
    </Stack>
  );
};
