import type { components } from '../api/types';
import { Tone } from '../ui/Tone';

export type Webhook = components['schemas']['Webhook'];

/** Whether a webhook is told, and if not why. */
export const WebhookState = ({ webhook }: { webhook: Webhook }) => {
  if (!webhook.is_paused) {
    return <Tone tone={webhook.failures > 0 ? 'bad' : 'good'}>{webhook.failures > 0 ? `${webhook.failures} failed` : 'On'}</Tone>;
  }
  const why = webhook.pause_reason === 'failing' ? 'Off: failing' : webhook.pause_reason === 'gone' ? 'Off: gone' : 'Paused';
  return <Tone tone="bad">{why}</Tone>;
};
