import { Alert, Stack, Text, Title } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { firstDayOfWeek } from '../ui/format';
import { notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { TermForm, TermRow } from './terms';
import { useProductsRefresh } from './useProductsRefresh';

/** When it is paid; says so when that does not come to the deal's value. */
export const Installments = ({ deal, isRecurring }: { deal: Deal; isRecurring: boolean }) => {
  const format = useFormat();
  const refresh = useProductsRefresh(deal);
  const [on, setOn] = useState<string | null>(null);
  const path = { id: deal.id };
  const { data } = useQuery({
    queryKey: ['deal-products', deal.id, 'installments'],
    queryFn: () => ask(api.GET('/api/v1/deals/{id}/installments', { params: { path } })),
  });
  const remove = (installment: number) =>
    ask(api.DELETE('/api/v1/deals/{id}/installments/{installment}', { params: { path: { ...path, installment } } })).then(
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
        <TermRow key={row.id} what="installment" description={row.description} remove={() => remove(row.id)}>
          <Text size="sm">{format.day(row.billing_on)}</Text>
          <Text size="sm" className="tabular">
            {format.money(row.amount, deal.currency)}
          </Text>
        </TermRow>
      ))}
      {rows.length > 0 && Math.abs(sum - (deal.value ?? 0)) > 0.005 && (
        <Alert color="yellow.9" variant="light" icon={<IconAlertTriangle size={16} aria-hidden />} p="xs">
          The installments come to {format.money(sum, deal.currency)}, the deal to {format.money(deal.value, deal.currency)}.
        </Alert>
      )}
      <TermForm
        deal={deal}
        label="Installment"
        placeholder="On delivery"
        isReady={on !== null}
        onAdd={term => ask(api.POST('/api/v1/deals/{id}/installments', { params: { path }, body: { ...term, billing_on: on! } }))}
        onAdded={() => setOn(null)}
      >
        <DateInput
          size="xs"
          firstDayOfWeek={firstDayOfWeek(format.locale)}
          label="Billed on"
          w={130}
          valueFormat="YYYY-MM-DD"
          value={on}
          onChange={setOn}
        />
      </TermForm>
    </Stack>
  );
};
