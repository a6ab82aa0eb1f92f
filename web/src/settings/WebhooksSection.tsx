import { Button, Code, NumberInput, Table, TagsInput, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { useGiven } from '../ui/useGiven';
import { dialectName, eventTypes } from './names';
import { Rows } from './Rows';
import { Secret, type Shown } from './Secret';
import { Section } from './Section';

export type Webhook = components['schemas']['Webhook'];

/** Whether a webhook is told, and if not why. */
export const WebhookState = ({ webhook }: { webhook: Webhook }) => {
  if (!webhook.is_paused) {
    return <Tone tone={webhook.failures > 0 ? 'bad' : 'good'}>{webhook.failures > 0 ? `${webhook.failures} failed` : 'On'}</Tone>;
  }
  const why = webhook.pause_reason === 'failing' ? 'Off: failing' : webhook.pause_reason === 'gone' ? 'Off: gone' : 'Paused';
  return <Tone tone="bad">{why}</Tone>;
};

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
              <Link to={`/settings/webhooks/${webhook.id}`}>{webhook.name || webhook.url}</Link>
              {webhook.name && (
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {webhook.url}
                </Text>
              )}
            </Table.Td>
            <Table.Td maw={260}>
              {webhook.events.slice(0, 4).map(event => (
                <Code key={event} mr={4}>
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

type FormProps = { webhook: Webhook | null; onClose: () => void; onMade?: (made: components['schemas']['CreatedWebhook']) => void };

export const WebhookForm = ({ webhook, onClose, onMade }: FormProps) => {
  const [given, set] = useGiven({
    name: webhook?.name ?? '',
    url: webhook?.url ?? '',
    events: webhook?.events ?? ['deal.won', 'deal.lost'],
    headers: Object.entries(webhook?.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    max_attempts: (webhook?.max_attempts ?? '') as number | string,
    timeout_ms: (webhook?.timeout_ms ?? '') as number | string,
    max_per_second: (webhook?.max_per_second ?? '') as number | string,
  });
  const send = async () => {
    const headers = Object.fromEntries(
      given.headers.map(line => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const body = {
      name: given.name || null,
      url: given.url,
      events: given.events,
      ...(webhook || given.headers.length > 0 ? { headers } : {}),
      ...(given.max_attempts === '' ? (webhook ? { max_attempts: null } : {}) : { max_attempts: Number(given.max_attempts) }),
      ...(given.timeout_ms === '' ? (webhook ? { timeout_ms: null } : {}) : { timeout_ms: Number(given.timeout_ms) }),
      ...(given.max_per_second === '' ? (webhook ? { max_per_second: null } : {}) : { max_per_second: Number(given.max_per_second) }),
    };
    if (webhook)
      return ask(api.PATCH('/api/v1/webhooks/{id}', { params: { path: { id: webhook.id } }, body: { ...body, version: webhook.version } }));
    onMade?.(await ask(api.POST('/api/v1/webhooks', { body })));
  };
  return (
    <FormModal title={webhook ? 'Change the webhook' : 'New webhook'} size="lg" keys={['webhooks']} onClose={onClose} onSubmit={send}>
      {errors => (
        <>
          <TextInput
            label="Address"
            placeholder="https://…"
            required
            data-autofocus
            value={given.url}
            error={errors.url}
            onChange={event => set({ url: event.currentTarget.value })}
          />
          <TextInput label="Name" value={given.name} error={errors.name} onChange={event => set({ name: event.currentTarget.value })} />
          <TagsInput
            label="Events"
            description="* is all of them"
            required
            data={eventTypes}
            value={given.events}
            error={errors.events}
            onChange={events => set({ events })}
            maxDropdownHeight={240}
          />
          <TagsInput
            label="Headers"
            description="Sent with every delivery, as “Name: text”"
            value={given.headers}
            error={errors.headers}
            onChange={headers => set({ headers })}
            splitChars={[]}
          />
          <NumberInput
            label="Attempts"
            placeholder="8"
            min={1}
            value={given.max_attempts}
            error={errors.max_attempts}
            onChange={max_attempts => set({ max_attempts })}
          />
          <NumberInput
            label="Wait for an answer, milliseconds"
            placeholder="10000"
            min={1}
            value={given.timeout_ms}
            error={errors.timeout_ms}
            onChange={timeout_ms => set({ timeout_ms })}
          />
          <NumberInput
            label="Deliveries a second, at most"
            placeholder="no limit"
            min={1}
            value={given.max_per_second}
            error={errors.max_per_second}
            onChange={max_per_second => set({ max_per_second })}
          />
        </>
      )}
    </FormModal>
  );
};
