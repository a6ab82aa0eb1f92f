import { ActionIcon, Alert, Button, Group, NumberInput, Select, Stack, Switch, Table, Text, TextInput, Title } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { components, Deal } from '../api/types';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { NumberEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { notifyDone, notifyError } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { lineTotal } from './lines';

type Line = components['schemas']['DealProduct'];
type LinePatch = components['schemas']['DealProductPatch'];

const billing = [
  { value: 'one_time', label: 'Once' },
  { value: 'weekly', label: 'Weekly' },
  { value: 'monthly', label: 'Monthly' },
  { value: 'quarterly', label: 'Quarterly' },
  { value: 'semi_annually', label: 'Half-yearly' },
  { value: 'annually', label: 'Yearly' },
];
const taxes = [
  { value: 'none', label: 'No tax' },
  { value: 'exclusive', label: 'Tax on top' },
  { value: 'inclusive', label: 'Tax within' },
];

const useRefresh = (deal: Deal) => {
  const queries = useQueryClient();
  return () => {
    for (const root of ['deal', 'deal-products', 'board', 'deals']) void queries.invalidateQueries({ queryKey: [root] });
    return deal.id;
  };
};

/** What is sold: lines, discounts on all of it, and when it is paid. The deal's value follows from them. */
export default function DealProducts({ deal }: { deal: Deal }) {
  const query = useQuery({
    queryKey: ['deal-products', deal.id, 'lines'],
    queryFn: () => ask(api.GET('/api/v1/deals/{id}/products', { params: { path: { id: deal.id } } })),
  });
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <LoadingRows rows={3} />;
  return (
    <Stack gap="lg">
      <Lines deal={deal} lines={query.data.data} />
      {query.data.data.length > 0 && <Discounts deal={deal} />}
      <Installments deal={deal} isRecurring={query.data.data.some(line => line.billing_frequency !== 'one_time')} />
    </Stack>
  );
}

const Lines = ({ deal, lines }: { deal: Deal; lines: Line[] }) => {
  const format = useFormat();
  const refresh = useRefresh(deal);
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
        const {
          product_id,
          variation_id,
          item_price,
          quantity,
          discount,
          discount_type,
          tax,
          tax_method,
          comments,
          is_enabled,
          billing_frequency,
          billing_cycles,
          billing_start,
        } = line;
        await ask(
          api.POST('/api/v1/deals/{id}/products', {
            params: { path: { id: deal.id } },
            body: {
              product_id,
              variation_id,
              item_price,
              quantity,
              discount,
              discount_type,
              tax,
              tax_method,
              comments,
              is_enabled,
              billing_frequency,
              billing_cycles,
              billing_start,
            },
          }),
        );
        refresh();
      }),
  });
  const number = (line: Line, name: 'item_price' | 'quantity' | 'discount' | 'tax', label: string, shown: string) => (
    <Inline
      label={`${label} of ${line.name}`}
      hideLabel
      editor={close => (
        <NumberEditor
          label={label}
          min={0}
          value={line[name]}
          close={close}
          onSave={value => value !== null && change.mutate({ line: line.id, patch: { [name]: value } })}
        />
      )}
    >
      <span className="tabular">{shown}</span>
    </Inline>
  );
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
                  <Table.Tr key={line.id} style={line.is_enabled ? undefined : { opacity: 0.55 }}>
                    <Table.Td>
                      <Switch
                        size="xs"
                        checked={line.is_enabled}
                        label={line.name ?? 'No longer in the catalogue'}
                        onChange={event => change.mutate({ line: line.id, patch: { is_enabled: event.currentTarget.checked } })}
                      />
                    </Table.Td>
                    <Table.Td>{number(line, 'item_price', 'Price', format.money(line.item_price, line.currency))}</Table.Td>
                    <Table.Td>{number(line, 'quantity', 'Quantity', format.number(line.quantity))}</Table.Td>
                    <Table.Td>
                      <Group gap={2} wrap="nowrap">
                        {number(
                          line,
                          'discount',
                          'Discount',
                          line.discount_type === 'percentage'
                            ? `${format.number(line.discount)} %`
                            : format.money(line.discount, line.currency),
                        )}
                        <ActionIcon
                          size="sm"
                          variant="subtle"
                          color="gray"
                          aria-label={`Discount of ${line.name} in ${line.discount_type === 'percentage' ? 'an amount' : 'percent'}`}
                          onClick={() =>
                            change.mutate({
                              line: line.id,
                              patch: { discount_type: line.discount_type === 'percentage' ? 'amount' : 'percentage' },
                            })
                          }
                        >
                          {line.discount_type === 'percentage' ? '%' : '#'}
                        </ActionIcon>
                      </Group>
                    </Table.Td>
                    <Table.Td>{number(line, 'tax', 'Tax', format.number(line.tax))}</Table.Td>
                    <Table.Td>
                      <Group gap={4} wrap="nowrap">
                        <Select
                          size="xs"
                          w={112}
                          aria-label={`Billing of ${line.name}`}
                          allowDeselect={false}
                          data={billing}
                          value={line.billing_frequency}
                          onChange={value =>
                            change.mutate({
                              line: line.id,
                              patch: {
                                billing_frequency: value as Line['billing_frequency'],
                                ...(value === 'weekly' && !line.billing_cycles ? { billing_cycles: 52 } : {}),
                              },
                            })
                          }
                        />
                        {line.billing_frequency !== 'one_time' && (
                          <Inline
                            label={`Cycles of ${line.name}`}
                            hideLabel
                            editor={close => (
                              <NumberEditor
                                label="Cycles"
                                min={1}
                                max={208}
                                value={line.billing_cycles}
                                close={close}
                                onSave={value => change.mutate({ line: line.id, patch: { billing_cycles: value } })}
                              />
                            )}
                          >
                            {line.billing_cycles ? `× ${line.billing_cycles}` : 'until cancelled'}
                          </Inline>
                        )}
                      </Group>
                    </Table.Td>
                    <Table.Td ta="right" className="tabular">
                      {format.money(lineTotal(line), line.currency)}
                    </Table.Td>
                    <Table.Td>
                      <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${line.name}`} onClick={() => remove.mutate(line)}>
                        <IconTrash size={15} aria-hidden />
                      </ActionIcon>
                    </Table.Td>
                  </Table.Tr>
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

const Discounts = ({ deal }: { deal: Deal }) => {
  const format = useFormat();
  const refresh = useRefresh(deal);
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

const Installments = ({ deal, isRecurring }: { deal: Deal; isRecurring: boolean }) => {
  const format = useFormat();
  const refresh = useRefresh(deal);
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
          <DateInput size="xs" label="Billed on" w={130} valueFormat="YYYY-MM-DD" value={on} onChange={setOn} />
          <Button size="xs" type="submit" variant="default" disabled={!description.trim() || !amount || !on} loading={add.isPending}>
            Add
          </Button>
        </Group>
      </form>
    </Stack>
  );
};
