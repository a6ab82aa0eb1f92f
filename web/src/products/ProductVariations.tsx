import { ActionIcon, Button, Group, Paper, Table, Text, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Product } from '../api/types';
import { notifyDone } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { useProductAct } from './useProductAct';
import { VariationForm } from './VariationForm';

type Variation = Product['variations'][number];

/** The forms in which it is sold, each with its own prices. */
export const ProductVariations = ({ product }: { product: Product }) => {
  const format = useFormat();
  const { act, refresh } = useProductAct();
  const [varying, setVarying] = useState<{ variation?: Variation } | null>(null);
  const { id } = product;
  const path = { params: { path: { id } } };
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3">
          Variations
        </Title>
        {!product.deleted_at && (
          <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setVarying({})}>
            Variation
          </Button>
        )}
      </Group>
      {product.variations.length === 0 ? (
        <Text size="sm" c="dimmed">
          It is sold in one form. Sizes, editions and the like have prices of their own.
        </Text>
      ) : (
        <Table>
          <Table.Tbody>
            {product.variations.map(variation => (
              <Table.Tr key={variation.id}>
                <Table.Td fw={550}>{variation.name}</Table.Td>
                <Table.Td>{variation.prices.map(price => format.money(price.price, price.currency)).join(' · ') || '–'}</Table.Td>
                <Table.Td ta="end">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Change ${variation.name}`}
                    onClick={() => setVarying({ variation })}
                  >
                    <IconPencil size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove ${variation.name}`}
                    onClick={() =>
                      act.mutate(async () => {
                        await ask(
                          api.DELETE('/api/v1/products/{id}/variations/{variation}', {
                            params: { path: { id, variation: variation.id } },
                          }),
                        );
                        const { name, prices } = variation;
                        notifyDone(`“${name}” removed; deals keep its prices.`, async () => {
                          await ask(api.POST('/api/v1/products/{id}/variations', { ...path, body: { name, prices } }));
                          await refresh();
                        });
                      })
                    }
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {varying && <VariationForm product={product} variation={varying.variation} onClose={() => setVarying(null)} />}
    </Paper>
  );
};
