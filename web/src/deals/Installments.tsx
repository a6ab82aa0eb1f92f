import { ActionIcon, Alert, Button, Group, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { firstDayOfWeek } from '../ui/format';
import { notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { useProductsRefresh } from './useProductsRefresh';

/** When it is paid; says so when that does not come to the deal's value. */
export const Installments = ({ deal, isRecurring }: { deal: Deal; isRecurring: boolean }) => {
  const format = useFormat();
  const refresh = useProductsRefresh(deal);
  const [description, setDescription] = useState('');
  const [amount, setAmount] = useState<number | ''>('');
  const [on, setOn] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ['deal-products', deal.id, 'installments'],
    queryFn: () => ask(api.GET('/api/v1/deals/{id}/installments', { params: { path: { id: deal.id } } })),
  });
  const add = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/deals/{id}/installments', {
          params: { path: { id: deal.id } },
          body: { description: description.trim(), amount: amount || 0, billing_on: on! },
        }),
      ),
    onSuccess: () => {
      setDescription('');
      setAmount('');
      setOn(null);
    },
    onError: error => notifyError(error, 'Not saved'),
    onSettled: refresh,
  });
  const remove = (installment: number) =>
    ask(api.DELETE('/api/v1/deals/{id}/installments/{installment}', { params: { path: { id: deal.id, installment } } })).then(
      refresh,
      notifyError,
    );
  const rows = data?.data ?? [];
  const sum = rows.reduce((total, row) => total + row.amount, 0);
  if (isRecurring)
    return (
      <Text size="sm" c="dimmed">
        A deal with recurring products is billed by their cycles, so it has no installments.
      </Text>
    );
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        Installments
      </Title>
      {rows.map(row => (
        <Group key={row.id} gap="xs">
          <Text size="sm" flex={1}>
            {row.description}
          </Text>
          <Text size="sm">{format.day(row.billing_on)}</Text>
          <Text size="sm" className="tabular">
            {format.money(row.amount, deal.currency)}
          </Text>
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove the installment ${row.description}`} onClick={() => remove(row.id)}>
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {rows.length > 0 && Math.abs(sum - (deal.value ?? 0)) > 0.005 && (
        <Alert color="yellow.9" variant="light" icon={<IconAlertTriangle size={16} aria-hidden />} p="xs">
          The installments come to {format.money(sum, deal.currency)}, the deal to {format.money(deal.value, deal.currency)}.
        </Alert>
      )}
      <form
        onSubmit={event => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            size="xs"
            label="Installment"
            placeholder="On delivery"
            value={description}
            onChange={event => setDescription(event.currentTarget.value)}
          />
          <NumberInput
            size="xs"
            label="Amount"
            w={110}
            hideControls
            thousandSeparator
            min={0}
            value={amount}
            onChange={next => setAmount(typeof next === 'number' ? next : '')}
          />
          <DateInput
            size="xs"
            firstDayOfWeek={firstDayOfWeek(format.locale)}
            label="Billed on"
            w={130}
            valueFormat="YYYY-MM-DD"
            value={on}
            onChange={setOn}
          />
          <Button size="xs" type="submit" variant="default" disabled={!description.trim() || !amount || !on} loading={add.isPending}>
            Add
          </Button>
        </Group>
      </form>
    </Stack>
  );
};
