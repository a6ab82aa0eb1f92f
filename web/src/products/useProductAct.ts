import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyError } from '../ui/notify';

/** What is done to a product: refusals are told, and every list of products is read again. */
export const useProductAct = () => {
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([queries.invalidateQueries({ queryKey: ['product'] }), queries.invalidateQueries({ queryKey: ['products'] })]);
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: refresh,
    onError: failed => notifyError(failed),
  });
  return { act, refresh };
};
