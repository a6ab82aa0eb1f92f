import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';

/** Open deals of a pipeline or of one of its stages: what a deletion would have to put somewhere. */
export const useOpenDeals = (query: { pipeline_id?: number; stage_id?: number }) =>
  useQuery({
    queryKey: ['deals', 'count', query],
    queryFn: () => ask(api.GET('/api/v1/deals/summary', { params: { query: { ...query, status: 'open' } } })),
  }).data?.deals;
