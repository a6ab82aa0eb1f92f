import { Switch } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import type { Webhook } from './WebhookState';
import { instantOf } from './zone';

/** Sends once more what was sent in a span of time. */
export const ReplayRange = ({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) => {
  const { workspace } = useSession();
  const instant = (text: string | null) => (text ? instantOf(text, workspace.time_zone) : undefined);
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
