import { Button, Code, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { useAct } from './useAct';

export type Delivery = components['schemas']['WebhookDelivery'];

const pretty = (text: string | null | undefined) => {
  if (!text) return '–';
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

/** What was posted and what was answered, side by side. */
export const DeliveryDetail = ({ webhook, delivery, mayReplay }: { webhook: number; delivery: Delivery; mayReplay: boolean }) => {
  const act = useAct('deliveries');
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        webhook-id {delivery.message_id}
        {delivery.error && ` · ${delivery.error}`}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={600}>
            Body
          </Text>
          <Code block mah={320} style={{ overflow: 'auto' }} tabIndex={0}>
            {pretty(delivery.request)}
          </Code>
        </div>
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={600}>
            Answer {delivery.status ?? ''}
          </Text>
          <Code block mah={320} style={{ overflow: 'auto' }} tabIndex={0}>
            {pretty(delivery.reply)}
          </Code>
        </div>
      </SimpleGrid>
      {mayReplay && (
        <Button
          w="fit-content"
          size="compact-sm"
          variant="light"
          leftSection={<IconRepeat size={15} aria-hidden />}
          onClick={() =>
            void act(
              () =>
                ask(
                  api.POST('/api/v1/webhooks/{id}/deliveries/{delivery_id}/replay', {
                    params: { path: { id: webhook, delivery_id: delivery.id } },
                  }),
                ),
              'It is sent once more.',
            )
          }
        >
          Send once more
        </Button>
      )}
    </Stack>
  );
};
