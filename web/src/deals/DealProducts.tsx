import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { ErrorState, LoadingRows } from '../ui/states';
import { Discounts } from './Discounts';
import { Installments } from './Installments';
import { ProductLines } from './ProductLines';

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
      <ProductLines deal={deal} lines={query.data.data} />
      {query.data.data.length > 0 && <Discounts deal={deal} />}
      <Installments deal={deal} isRecurring={query.data.data.some(line => line.billing_frequency !== 'one_time')} />
    </Stack>
  );
}
