import { useQueryClient } from '@tanstack/react-query';
import type { Deal } from '../api/types';

/** What shows a deal's products, or what follows from them, is read again. */
export const useProductsRefresh = (deal: Deal) => {
  const queries = useQueryClient();
  return () => {
    for (const root of ['deal', 'deal-products', 'board', 'deals']) void queries.invalidateQueries({ queryKey: [root] });
    return deal.id;
  };
};
