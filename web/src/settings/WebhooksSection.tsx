import { Button, Code, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { useFormat } from '../ui/useFormat';
import { dialectName } from './names';
import { Rows } from './Rows';
import { Secret, type Shown } from './Secret';
import { Section } from './Section';
import { WebhookForm } from './WebhookForm';
import { WebhookState } from './WebhookState';

/** Who is told what happens. */
export default function WebhooksSection() {
  const format = useFormat();
  const { mayManage } = useSession();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<(Shown & { id: number }) | null>(null);
  const query = useQuery({
    queryKey: ['webhooks'],
    queryFn: () => ask(api.GET('/api/v1/webhooks', { params: { query: { limit: 500 } } })),
  });
  return (
    <Section
      title="Webhooks"
      lead="What happens is posted to these addresses: at least once, in order per deal, signed as Standard Webhooks asks. After a day without success, or when the receiver answers 410, a webhook is turned off; its deliveries wait."
      actions={
        mayManage && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            Webhook
          </Button>
        )
      }
    >
      <Rows
        label="Webhooks"
        query={query}
        head={['Endpoint', 'Events', 'In the words of', 'State', 'Added']}
        empty="Make one to be told of deals that are created, moved, won or lost."
      >
        {webhook => (
          <Table.Tr key={webhook.id}>
            <Table.Td maw={340}>
              <Link to={`/settings/webhooks/${webhook.id}`}>
                <bdi>{webhook.name || webhook.url}</bdi>
              </Link>
              {webhook.name && (
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {webhook.url}
                </Text>
              )}
            </Table.Td>
            <Table.Td maw={260}>
              {webhook.events.slice(0, 4).map(event => (
                <Code key={event} mr={4} style={{ display: 'inline-block' }}>
                  {event}
                </Code>
              ))}
              {webhook.events.length > 4 && `and ${webhook.events.length - 4} more`}
            </Table.Td>
            <Table.Td>{dialectName(webhook.dialect)}</Table.Td>
            <Table.Td>
              <WebhookState webhook={webhook} />
            </Table.Td>
            <Table.Td>{webhook.added_at ? format.ago(webhook.added_at) : '–'}</Table.Td>
          </Table.Tr>
        )}
      </Rows>
      {adding && (
        <WebhookForm
          webhook={null}
          onClose={() => setAdding(false)}
          onMade={made =>
            setShown({ id: made.id, title: 'The webhook’s secret', parts: [{ label: 'Signs every delivery', text: made.secret }] })
          }
        />
      )}
      {shown && (
        <Secret
          shown={shown}
          onClose={() => {
            setShown(null);
            navigate(`/settings/webhooks/${shown.id}`);
          }}
        />
      )}
    </Section>
  );
}
