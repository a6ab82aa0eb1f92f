import type { Catalog } from '../api/catalog';
import type { Format } from '../ui/format';
import { capital } from '../ui/words';

const fieldNames: Record<string, string> = {
  title: 'Title',
  value: 'Value',
  currency: 'Currency',
  stage_id: 'Stage',
  pipeline_id: 'Pipeline',
  status: 'Status',
  owner_id: 'Owner',
  assignee_id: 'Assignee',
  person_id: 'Person',
  org_id: 'Organization',
  expected_close: 'Expected close',
  probability: 'Probability',
  priority: 'Priority',
  label_ids: 'Labels',
  tag_ids: 'Tags',
  won_at: 'Won',
  lost_at: 'Lost',
  closed_at: 'Closed',
  first_won_at: 'First won',
  stage_changed_at: 'In stage since',
  lost_reason: 'Lost reason',
  won_reason: 'Won reason',
  loss_category: 'Loss category',
  closure_notes: 'Closing comment',
  competitors: 'Competitors',
  source: 'Source',
  forecast_category: 'Forecast category',
  description: 'Description',
  deal_type: 'Type',
  visible_to: 'Visible to',
  archived_at: 'Archived',
  deleted_at: 'Deleted',
  position: 'Position',
  mrr: 'Monthly revenue',
  arr: 'Yearly revenue',
  acv: 'Contract value',
};

export const fieldName = (field: string, catalog: Catalog): string => {
  if (fieldNames[field]) return fieldNames[field];
  const custom = field.replace(/^custom\./, '');
  const known = catalog.fields.find(one => one.subject === 'deal' && (one.key === custom || one.slug === custom));
  return known?.name ?? field.replaceAll('_', ' ').replace(/^./, first => first.toUpperCase());
};

/** A value out of the log as people read it: names for ids, days for days. */
export const fieldValue = (field: string, value: unknown, catalog: Catalog, format: Format): string => {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return '–';
  switch (field) {
    case 'stage_id':
      return catalog.stage(Number(value))?.name ?? `#${value}`;
    case 'pipeline_id':
      return catalog.pipeline(Number(value))?.name ?? `#${value}`;
    case 'owner_id':
    case 'assignee_id':
    case 'creator_id':
      return catalog.user(Number(value))?.name ?? `#${value}`;
    case 'label_ids':
      return (value as number[]).map(id => catalog.label(id)?.name ?? `#${id}`).join(', ');
    case 'expected_close':
      return format.day(String(value));
    case 'status':
    case 'priority':
    case 'loss_category':
    case 'forecast_category':
      return capital(String(value));
    case 'probability':
      return format.percent(Number(value));
  }
  if (field.endsWith('_at') && typeof value === 'string') return format.instant(value);
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(one => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(', ');
  if (typeof value === 'object') return Object.values(value as object).join(' ');
  return String(value);
};

const dialects: Record<string, string> = {
  native: 'our API',
  pipedrive: 'Pipedrive API',
  automatenexus: 'AutomateNexus API',
  switch: 'Switch API',
  cpod: 'cPod API',
  ysuite: 'YSuite API',
  web: 'the app',
  cli: 'the command line',
  system: 'the server',
};

export const dialectName = (dialect: string | null | undefined) => (dialect ? (dialects[dialect] ?? dialect) : '');

/** "3 d", "5 h", "12 min": how long a deal was in a stage. */
export const duration = (seconds: number): string => {
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} d`;
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.max(0, Math.round(seconds / 60))} min`;
};

/** Seconds in each stage, several stays added up. */
export const stays = (history: { stage_id: number; seconds: number; entered_at: string | null; left_at: string | null }[]) => {
  const sums = new Map<number, { seconds: number; entered: string | null; left: string | null }>();
  for (const stay of history) {
    const before = sums.get(stay.stage_id);
    sums.set(stay.stage_id, {
      seconds: (before?.seconds ?? 0) + stay.seconds,
      entered: before?.entered ?? stay.entered_at,
      left: stay.left_at,
    });
  }
  return sums;
};
