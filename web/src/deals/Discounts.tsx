import { Select, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { TermForm, TermRow } from './terms';
import { useProductsRefresh } from './useProductsRefresh';

/** What is taken off the whole deal. */
export const Discounts = ({ deal }: { deal: Deal }) => {
  const format = useFormat();
  const refresh = useProductsRefresh(deal);
  const [type, setType] = useState<'percentage' | 'amount'>('percentage');
  const path = { id: deal.id };
  const { data } = useQuery({
    queryKey: ['deal-products', deal.id, 'discounts'],
    queryFn: () => ask(api.GET('/api/v1/deals/{id}/discounts', { params: { path } })),
  });
  const remove = (discount: string) =>
    ask(api.DELETE('/api/v1/deals/{id}/discounts/{discount}', { params: { path: { ...path, discount } } })).then(refresh, notifyError);
  return (
    <Stack gap="xs">
      <Title order={3} size="h6">
        Discounts on the whole deal
      </Title>
      {data?.data.map(discount => (
        <TermRow key={discount.uid} what="discount" description={discount.description} remove={() => remove(discount.uid!)}>
          <Text size="sm" className="tabular">
            −{discount.type === 'percentage' ? `${format.number(discount.amount)} %` : format.money(discount.amount, deal.currency)}
          </Text>
        </TermRow>
      ))}
      <TermForm
        deal={deal}
        label="Discount"
        placeholder="Why"
        onAdd={term => ask(api.POST('/api/v1/deals/{id}/discounts', { params: { path }, body: { ...term, type } }))}
      >
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
      </TermForm>
    </Stack>
  );
};
