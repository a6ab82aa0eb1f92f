import { Group, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { api, ask } from '../api/client';
import { useRecordTitle } from '../app/titles';
import { notifyDone } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { ProductAbout } from './ProductAbout';
import { ProductActions } from './ProductActions';
import { ProductDeals } from './ProductDeals';
import { ProductForm } from './ProductForm';
import { ProductPast } from './ProductPast';
import { ProductPrices } from './ProductPrices';
import { ProductTitle } from './ProductTitle';
import { ProductVariations } from './ProductVariations';

/** One product: its prices and variations, and the deals that sell it. */
export default function ProductPage() {
  const id = Number(useParams().id);
  const [editing, setEditing] = useState(false);
  const {
    data: product,
    error,
    refetch,
  } = useQuery({
    queryKey: ['product', id],
    queryFn: () => ask(api.GET('/api/v1/products/{id}', { params: { path: { id } } })),
  });
  useRecordTitle(product?.name);

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!product) return <LoadingRows rows={6} />;

  return (
    <Stack p="md" maw={1080}>
      <Group justify="space-between" align="flex-start">
        <ProductTitle product={product} />
        <ProductActions product={product} onChange={() => setEditing(true)} />
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <ProductAbout product={product} />
        <ProductPrices product={product} />
      </SimpleGrid>
      <ProductVariations product={product} />
      <ProductDeals id={id} />
      <ProductPast id={id} />
      {editing && (
        <ProductForm product={product} onClose={() => setEditing(false)} onSaved={saved => notifyDone(`“${saved.name}” saved.`)} />
      )}
    </Stack>
  );
}
