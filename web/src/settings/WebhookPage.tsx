import { Anchor, Button, Code, Group, Switch, Text } from '@mantine/core';
import { IconFlask, IconKey, IconPencil, IconRepeat, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { dialectName } from './names';
import { ReplayRange } from './ReplayRange';
import { Secret, type Shown } from './Secret';
import { Section } from './Section';
import { useAct } from './useAct';
import { Deliveries } from './WebhookDeliveries';
import { WebhookForm } from './WebhookForm';
import { WebhookState } from './WebhookState';

type Asked = 'edit' | 'rotate' | 'delete' | 'range' | null;

/** One webhook with what was sent and what came back. */
export default function WebhookPage() {
  const id = Number(useParams().id);
  const navigate = useNavigate();
  const { mayManage } = useSession();
  const format = useFormat();
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
          <Anchor component={Link} to="/settings/webhooks" size="sm" underline="always">
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
      <Text size="sm" c="dimmed">
        In the words of {dialectName(webhook.dialect)}. Signed with HMAC-SHA256 of its secret in “webhook-signature”, as Standard Webhooks
        asks. Tried {webhook.max_attempts ?? 8} times, each waiting {format.number((webhook.timeout_ms ?? 10_000) / 1000)} seconds for an
        answer
        {webhook.max_per_second ? `, at most ${webhook.max_per_second} a second` : ''}. Turned off after a day without success, or by a 410.
      </Text>
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
