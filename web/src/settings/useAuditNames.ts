import { useQueries } from '@tanstack/react-query';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useCurrencies, useNames } from '../api/names';
import type { ApiEvent } from '../api/types';
import { type NameOf, namedIn, namesTags } from './audit';

const params = { query: { limit: 500 } };

/** What is set up in the workspace and not in the catalog; the keys are those of the pages of the settings. */
const lists = {
  api_key: { queryKey: ['keys', true], queryFn: () => ask(api.GET('/api/v1/keys', { params })) },
  app: { queryKey: ['apps'], queryFn: () => ask(api.GET('/api/v1/apps', { params })) },
  user_group: { queryKey: ['groups'], queryFn: () => ask(api.GET('/api/v1/groups', { params })) },
  webhook: { queryKey: ['webhooks'], queryFn: () => ask(api.GET('/api/v1/webhooks', { params })) },
  automation: { queryKey: ['automations'], queryFn: () => ask(api.GET('/api/v1/automations', { params })) },
  tag: { queryKey: ['tags'], queryFn: () => ask(api.GET('/api/v1/tags', { params })) },
} as const;

const byId = (rows: { id: number; name?: string | null; url?: string }[] = []) =>
  new Map(rows.map(row => [row.id, row.name || row.url || `#${row.id}`]));

/** What the records that lines of the log tell of are called: one request for each kind that is in sight. */
export const useAuditNames = (events: ApiEvent[]): { nameOf: NameOf; currencyOf: (dealId: number | null) => string | undefined } => {
  const catalog = useCatalog();
  const wanted: Record<keyof typeof lists, boolean> = {
    api_key: events.some(event => event.key_id != null) || namedIn(events, 'api_key').length > 0,
    app: events.some(event => event.app_id != null) || namedIn(events, 'app').length > 0,
    user_group: namedIn(events, 'user_group').length > 0,
    webhook: namedIn(events, 'webhook').length > 0,
    automation: events.some(event => event.automation_ids.length > 0) || namedIn(events, 'automation').length > 0,
    tag: events.some(namesTags),
  };
  const [keys, apps, groups, webhooks, automations, tags] = useQueries({
    queries: [
      { ...lists.api_key, enabled: wanted.api_key },
      { ...lists.app, enabled: wanted.app },
      { ...lists.user_group, enabled: wanted.user_group },
      { ...lists.webhook, enabled: wanted.webhook },
      { ...lists.automation, enabled: wanted.automation },
      { ...lists.tag, enabled: wanted.tag },
    ],
  });
  const deals = [...namedIn(events, 'deal'), ...events.map(event => event.deal_id)];
  const currencies = useCurrencies(deals);
  const maps: Record<string, Map<number, string>> = {
    deal: useNames('deal', deals),
    person: useNames('person', namedIn(events, 'person')),
    organization: useNames('organization', namedIn(events, 'organization')),
    product: useNames('product', namedIn(events, 'product')),
    lead: useNames('lead', namedIn(events, 'lead')),
    activity: useNames('activity', namedIn(events, 'activity')),
    api_key: byId(keys.data?.data),
    app: byId(apps.data?.data),
    user_group: byId(groups.data?.data),
    webhook: byId(webhooks.data?.data),
    automation: byId(automations.data?.data),
    tag: byId(tags.data?.data),
    field: byId(catalog.fields),
    activity_type: byId(catalog.activityTypes),
    lost_reason: byId(catalog.lostReasons),
    currency: new Map(catalog.currencies.map(one => [one.id, one.code])),
  };
  const nameOf: NameOf = (subject, id) => {
    switch (subject) {
      case 'user':
        return catalog.user(id)?.name;
      case 'stage':
        return catalog.stage(id)?.name;
      case 'pipeline':
        return catalog.pipeline(id)?.name;
      case 'label':
        return catalog.label(id)?.name;
    }
    return maps[subject]?.get(id);
  };
  return { nameOf, currencyOf: id => (id === null ? undefined : currencies.get(id)) };
};
