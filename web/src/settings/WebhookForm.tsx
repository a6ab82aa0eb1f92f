import { NumberInput, TagsInput, TextInput } from '@mantine/core';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { FormModal } from '../ui/FormModal';
import { useGiven } from '../ui/useGiven';
import { eventTypes } from './names';
import type { Webhook } from './WebhookState';

type FormProps = { webhook: Webhook | null; onClose: () => void; onMade?: (made: components['schemas']['CreatedWebhook']) => void };

/** Where a webhook posts, of what, and how patiently. */
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
