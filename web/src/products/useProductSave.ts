import { api, ask } from '../api/client';
import type { components, Product } from '../api/types';
import { formerOf, useChange } from '../ui/useChange';

type Patch = components['schemas']['ProductPatch'];

export type SaveProduct = (patch: Patch, done?: string) => void;

/** Changes a product: shown at once, put back when refused, undone for ten seconds. */
export const useProductSave = (id: number): SaveProduct => {
  const change = useChange<Product, Patch>({
    key: ['product', id],
    send: patch => ask(api.PATCH('/api/v1/products/{id}', { params: { path: { id } }, body: patch })),
    former: (product, patch) => formerOf(patch as Record<string, unknown>, product) as Patch,
    roots: ['product', 'products'],
  });
  return (patch, done) => change.mutate({ patch, done });
};
