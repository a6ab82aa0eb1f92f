import { Alert } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { ApiEvent, Deal } from '../api/types';
import { dialectName, fieldName, fieldValue, isTold, whoDid } from '../past/words';
import { useFormat } from '../ui/useFormat';
import { useOthersChanges } from './useDeal';

/** Says what somebody else, or somebody's program, changed while the deal was open here. */
export const Elsewhere = ({ deal }: { deal: Deal }) => {
  const { events, dismiss } = useOthersChanges(deal.id);
  const catalog = useCatalog();
  const format = useFormat();
  const keys = useKeyNames(events);
  if (events.length === 0) return null;
  return (
    <Alert
      mx="md"
      mt="sm"
      color="blue"
      icon={<IconRefresh size={16} aria-hidden />}
      withCloseButton
      closeButtonLabel="Dismiss"
      onClose={dismiss}
      role="status"
      title="Changed elsewhere"
    >
      {events.map(event => (
        <div key={event.id}>
          {whoDid(event, catalog)} through {dialectName(event.dialect)}
          {event.key_id != null && keys.has(event.key_id) ? `, key “${keys.get(event.key_id)}”` : ''}:{' '}
          {event.subject === 'deal' && event.changes.length > 0
            ? event.changes
                .filter(one => isTold(one.field))
                .slice(0, 3)
                .map(
                  one =>
                    `${fieldName(one.field, catalog)} ${fieldValue(one.field, one.old, catalog, format)} → ${fieldValue(one.field, one.new, catalog, format)}`,
                )
                .join('; ')
            : `${event.subject.replaceAll('_', ' ')} ${event.action}`}
        </div>
      ))}
    </Alert>
  );
};

/** What the keys are called by which programs wrote; of those that one may see. */
const useKeyNames = (events: ApiEvent[]) => {
  const { data } = useQuery({
    queryKey: ['keys', 'names'],
    queryFn: () => ask(api.GET('/api/v1/keys', { params: { query: { limit: 500 } } })),
    enabled: events.some(event => event.key_id != null),
    retry: false,
  });
  return new Map((data?.data ?? []).map(key => [key.id, key.name]));
};
