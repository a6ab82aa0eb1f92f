import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { explain } from '../api/problem';
import type { Product } from '../api/types';
import { Modal } from '../ui/Modal';
import { PricesInput } from './PricesInput';
import { type Price, readPrices, writePrices } from './prices';

type Variation = Product['variations'][number];

/** A form in which the product is sold, such as a size, with prices of its own. */
export const VariationForm = ({ product, variation, onClose }: { product: Product; variation?: Variation; onClose: () => void }) => {
  const queries = useQueryClient();
  const [name, setName] = useState(variation?.name ?? '');
  const [prices, setPrices] = useState<Price[]>(() => readPrices(variation?.prices ?? product.prices));
  const save = useMutation({
    mutationFn: async () => {
      const body = { name: name.trim(), prices: writePrices(prices, variation?.prices) };
      const path = { id: product.id };
      if (variation)
        await ask(
          api.PATCH('/api/v1/products/{id}/variations/{variation}', { params: { path: { ...path, variation: variation.id } }, body }),
        );
      else await ask(api.POST('/api/v1/products/{id}/variations', { params: { path }, body }));
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['product'] });
      void queries.invalidateQueries({ queryKey: ['products'] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={variation ? `Change ${variation.name}` : `New variation of ${product.name}`}>
      <form
        onSubmit={event => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <TextInput label="Name" required data-autofocus value={name} onChange={event => setName(event.currentTarget.value)} />
          <PricesInput value={prices} onChange={setPrices} error={save.error ? explain(save.error) : undefined} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
              {variation ? 'Save' : 'Add'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
