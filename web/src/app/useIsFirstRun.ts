import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';

/** Whether the workspace has no deal at all yet, whatever the screen is narrowed to. False while nobody knows. */
export const useIsFirstRun = () =>
  useQuery({
    queryKey: ['deals', 'any'],
    queryFn: async () => {
      const { data } = await ask(api.GET('/api/v1/deals', { params: { query: { limit: 1, scope: 'any', fields: ['id'] } } }));
      return data.length === 0;
    },
  }).data ?? false;
