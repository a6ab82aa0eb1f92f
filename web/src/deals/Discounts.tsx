import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { useProductsRefresh } from './useProductsRefresh';

/** What is taken off the whole deal. */
export const Discounts = ({ deal }: { deal: Deal }) => {
  const format = useFormat();
  const refresh = useProductsRefresh(deal);
  const [description, setDescription] = useState('');
  const [amount, setAmount] = useState<number | ''>('');
  const [type, setType] = useState<'percentage' | 'amount'>('percentage');
  const { data } = useQuery({
    queryKey: ['deal-products', deal.id, 'discounts'],
    queryFn: () => ask(api.GET('/api/v1/deals/{id}/discounts', { params: { path: { id: deal.id } } })),
  });
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/deals/{id}/discounts', {
          params: { path: { id: deal.id } },
          body: { description: description.trim(), amount: amount || 0, type },
        }),
      ),
    onSuccess: () => {
      setDescription('');
      setAmount('');
    },
    onError: error => notifyError(error, 'Not saved'),
    onSettled: refresh,
  });
  const remove = (discount: string) =>
    ask(api.DELETE('/api/v1/deals/{id}/discounts/{discount}', { params: { path: { id: deal.id, discount } } })).then(refresh, notifyError);
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        Discounts on the whole deal
      </Title>
      {data?.data.map(discount => (
        <Group key={discount.uid} gap="xs">
          <Text size="sm" flex={1}>
            {discount.description}
          </Text>
          <Text size="sm" className="tabular">
            −{discount.type === 'percentage' ? `${format.number(discount.amount)} %` : format.money(discount.amount, deal.currency)}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove the discount ${discount.description}`}
            onClick={() => remove(discount.uid!)}
          >
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <form
        onSubmit={event => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            size="xs"
            label="Discount"
            placeholder="Why"
            value={description}
            onChange={event => setDescription(event.currentTarget.value)}
          />
          <NumberInput
            size="xs"
            label="Amount"
            w={100}
            hideControls
            min={0}
            value={amount}
            onChange={next => setAmount(typeof next === 'number' ? next : '')}
          />
          <Select
            size="xs"
            label="In"
            w={90}
            allowDeselect={false}
            value={type}
            onChange={value => setType(value as typeof type)}
            data={[
              { value: 'percentage', label: '%' },
              { value: 'amount', label: deal.currency },
            ]}
          />
          <Button size="xs" type="submit" variant="default" disabled={!description.trim() || !amount} loading={add.isPending}>
            Add
          </Button>
        </Group>
      </form>
    </Stack>
  );
};
