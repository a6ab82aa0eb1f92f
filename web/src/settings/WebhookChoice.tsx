import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';

/** One of the webhooks. */
export const WebhookChoice = ({ value, onChange }: { value: number | undefined; onChange: (id: number | undefined) => void }) => {
  const { data } = useQuery({
    queryKey: ['webhooks'],
    queryFn: () => ask(api.GET('/api/v1/webhooks', { params: { query: { limit: 500 } } })),
  });
  return (
    <Select
      label="Webhook"
      w={300}
      value={value === undefined ? null : String(value)}
      data={(data?.data ?? []).map(one => ({ value: String(one.id), label: one.name || one.url }))}
      onChange={id => onChange(id ? Number(id) : undefined)}
    />
  );
};
