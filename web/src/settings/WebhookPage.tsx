import { Anchor, Button, Code, Group, Select, Stack, Switch, Table, Text } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { IconFlask, IconKey, IconPencil, IconRepeat, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { useSession } from '../session/useSession';
import { ErrorState, LoadingRows } from '../ui/states';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { FormModal } from './FormModal';
import { Rows } from './Rows';
import { Secret, type Shown } from './Secret';
import { Section } from './Section';
import { useAct } from './useAct';
import { type Webhook, WebhookForm, WebhookState } from './WebhooksSection';

type Delivery = components['schemas']['WebhookDelivery'];
type Asked = 'edit' | 'rotate' | 'delete' | 'range' | null;

/** One webhook with what was sent and what came back. */
export default function WebhookPage() {
  const id = Number(useParams().id);
  const navigate = useNavigate();
  const { mayManage } = useSession();
  const act = useAct('webhooks', 'deliveries');
  const [asked, setAsked] = useState<Asked>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const params = { path: { id } };
  const query = useQuery({ queryKey: ['webhooks', id], queryFn: () => ask(api.GET('/api/v1/webhooks/{id}', { params })) });
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <LoadingRows />;
  const webhook = query.data;
  return (
    <Section
      title={webhook.name || 'Webhook'}
      lead={
        <>
          <Anchor component={Link} to="/settings/webhooks" size="sm">
            All webhooks
          </Anchor>
          {' · '}
          <span style={{ overflowWrap: 'anywhere' }}>{webhook.url}</span>
        </>
      }
      actions={
        mayManage && (
          <>
            <Switch
              label={webhook.is_paused ? 'Paused' : 'On'}
              checked={!webhook.is_paused}
              onChange={event =>
                void act(
                  () => ask(api.PATCH('/api/v1/webhooks/{id}', { params, body: { is_paused: !event.currentTarget.checked } })),
                  'Saved.',
                )
              }
            />
            <Button
              variant="default"
              leftSection={<IconFlask size={16} aria-hidden />}
              onClick={() => void act(() => ask(api.POST('/api/v1/webhooks/{id}/test', { params })), 'A test is on its way.')}
            >
              Send a test
            </Button>
            <Button variant="default" leftSection={<IconRepeat size={16} aria-hidden />} onClick={() => setAsked('range')}>
              Replay…
            </Button>
            <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setAsked('edit')}>
              Change
            </Button>
            <Button variant="default" leftSection={<IconKey size={16} aria-hidden />} onClick={() => setAsked('rotate')}>
              New secret…
            </Button>
            <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsked('delete')}>
              Delete…
            </Button>
          </>
        )
      }
    >
      <Group gap="xs">
        <WebhookState webhook={webhook} />
        {webhook.events.map(event => (
          <Code key={event}>{event}</Code>
        ))}
      </Group>
      <Deliveries id={id} mayReplay={mayManage} />
      {asked === 'edit' && <WebhookForm webhook={webhook} onClose={() => setAsked(null)} />}
      {asked === 'range' && <ReplayRange webhook={webhook} onClose={() => setAsked(null)} />}
      {(asked === 'rotate' || asked === 'delete') && (
        <FormModal
          title={asked === 'delete' ? 'Delete the webhook?' : 'Give it another secret?'}
          submit={asked === 'delete' ? 'Delete' : 'Make a new secret'}
          danger={asked === 'delete'}
          keys={['webhooks']}
          onClose={() => setAsked(null)}
          onSubmit={async () => {
            if (asked === 'rotate') {
              const made = await ask(api.POST('/api/v1/webhooks/{id}/rotate', { params }));
              setShown({ title: 'The webhook’s new secret', parts: [{ label: 'Signs every delivery', text: made.secret }] });
              return;
            }
            await ask(api.DELETE('/api/v1/webhooks/{id}', { params }));
            navigate('/settings/webhooks');
          }}
        >
          {() => (
            <Text size="sm">
              {asked === 'delete'
                ? 'Its deliveries go with it, also those that wait.'
                : 'For a day the former secret signs too, so that the receiver can change over.'}
            </Text>
          )}
        </FormModal>
      )}
      {shown && <Secret shown={shown} onClose={() => setShown(null)} />}
    </Section>
  );
}

const states = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'sent', label: 'Sent' },
  { value: 'parked', label: 'Given up' },
];

const Deliveries = ({ id, mayReplay }: { id: number; mayReplay: boolean }) => {
  const format = useFormat();
  const [state, setState] = useState<string | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['deliveries', id, state],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/webhooks/{id}/deliveries', {
          params: { path: { id }, query: { limit: 50, cursor: pageParam, state: (state ?? undefined) as Delivery['state'] | undefined } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next_cursor ?? undefined,
    refetchInterval: 5000,
  });
  const rows = query.data?.pages.flatMap(page => page.data) ?? [];
  return (
    <Stack gap="xs">
      <Select
        aria-label="State of deliveries"
        placeholder="All deliveries"
        w={180}
        clearable
        value={state}
        onChange={setState}
        data={states}
      />
      <Rows
        label="Deliveries"
        query={{ ...query, data: query.data && { data: rows } }}
        head={['Event', 'State', 'Answer', 'Took', 'Attempts', 'When', '']}
        empty="Nothing was sent yet. “Send a test” shows whether the receiver answers."
      >
        {delivery => (
          <Fragment key={delivery.id}>
            <Table.Tr>
              <Table.Td>
                <Code>{delivery.type}</Code>
                {delivery.replay_of != null && <Text size="xs">replay of {delivery.replay_of}</Text>}
              </Table.Td>
              <Table.Td>
                <Tone tone={delivery.state === 'sent' ? 'good' : delivery.state === 'parked' ? 'bad' : 'idle'}>
                  {states.find(one => one.value === delivery.state)?.label}
                </Tone>
              </Table.Td>
              <Table.Td>{delivery.status ?? delivery.error ?? '–'}</Table.Td>
              <Table.Td className="tabular">{delivery.milliseconds == null ? '–' : `${delivery.milliseconds} ms`}</Table.Td>
              <Table.Td className="tabular">{delivery.attempts}</Table.Td>
              <Table.Td>
                {format.instant(delivery.attempted_at ?? delivery.added_at)}
                {delivery.state === 'waiting' && delivery.next_attempt_at && delivery.attempts > 0 && (
                  <Text size="xs" c="dimmed">
                    next {format.ago(delivery.next_attempt_at)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-expanded={open === delivery.id}
                  onClick={() => setOpen(open === delivery.id ? null : delivery.id)}
                >
                  {open === delivery.id ? 'Close' : 'Body and answer'}
                </Button>
              </Table.Td>
            </Table.Tr>
            {open === delivery.id && (
              <Table.Tr>
                <Table.Td colSpan={7}>
                  <DeliveryDetail webhook={id} delivery={delivery} mayReplay={mayReplay} />
                </Table.Td>
              </Table.Tr>
            )}
          </Fragment>
        )}
      </Rows>
      {query.hasNextPage && (
        <Button variant="subtle" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          Older deliveries
        </Button>
      )}
    </Stack>
  );
};

const pretty = (text: string | null | undefined) => {
  if (!text) return '–';
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
};

const DeliveryDetail = ({ webhook, delivery, mayReplay }: { webhook: number; delivery: Delivery; mayReplay: boolean }) => {
  const act = useAct('deliveries');
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        webhook-id {delivery.message_id}
        {delivery.error && ` · ${delivery.error}`}
      </Text>
      <Group align="flex-start" grow preventGrowOverflow={false}>
        <div>
          <Text size="sm" fw={600}>
            Body
          </Text>
          <Code block mah={320} style={{ overflow: 'auto' }} tabIndex={0}>
            {pretty(delivery.request)}
          </Code>
        </div>
        <div>
          <Text size="sm" fw={600}>
            Answer {delivery.status ?? ''}
          </Text>
          <Code block mah={320} style={{ overflow: 'auto' }} tabIndex={0}>
            {pretty(delivery.reply)}
          </Code>
        </div>
      </Group>
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

const instant = (text: string | null) => (text ? new Date(text.replace(' ', 'T')).toISOString() : undefined);

const ReplayRange = ({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) => {
  const [since, setSince] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const [onlyParked, setOnlyParked] = useState(true);
  return (
    <FormModal
      title="Send a range once more"
      submit="Replay"
      keys={['deliveries']}
      done="They are sent once more, in their first order."
      onClose={onClose}
      onSubmit={() =>
        ask(
          api.POST('/api/v1/webhooks/{id}/replay', {
            params: { path: { id: webhook.id } },
            body: { since: instant(since), until: instant(until), only_parked: onlyParked },
          }),
        )
      }
    >
      {errors => (
        <>
          <DateTimePicker
            label="Added since"
            valueFormat="YYYY-MM-DD HH:mm"
            required
            value={since}
            onChange={setSince}
            error={errors.since}
          />
          <DateTimePicker
            label="Added until"
            placeholder="now"
            valueFormat="YYYY-MM-DD HH:mm"
            clearable
            value={until}
            onChange={setUntil}
            error={errors.until}
          />
          <Switch
            label="Only those that were given up"
            checked={onlyParked}
            onChange={event => setOnlyParked(event.currentTarget.checked)}
          />
        </>
      )}
    </FormModal>
  );
};
