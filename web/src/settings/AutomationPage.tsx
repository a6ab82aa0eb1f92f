import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { api, ask } from '../api/client';
import { ErrorState, LoadingRows } from '../ui/states';
import { AutomationEditor } from './AutomationEditor';

/** One automation: when, which deals, what; how it would go, and how it went. */
export default function AutomationPage() {
  const { id } = useParams();
  const isNew = id === 'new';
  const query = useQuery({
    queryKey: ['automations', Number(id)],
    queryFn: () => ask(api.GET('/api/v1/automations/{id}', { params: { path: { id: Number(id) } } })),
    enabled: !isNew,
  });
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!isNew && !query.data) return <LoadingRows />;
  return <AutomationEditor key={query.data?.version ?? 'new'} automation={query.data ?? null} />;
}
