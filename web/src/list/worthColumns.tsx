import type { Catalog } from '../api/catalog';
import type { Deal } from '../api/types';
import type { Column } from '../grid/column';
import type { Format } from '../ui/format';
import { StatusBadge } from '../ui/StatusBadge';
import { capital } from '../ui/words';
import { id, number, option, text } from './edits';

/** What a deal is worth. */
export const worthColumns = (catalog: Catalog, format: Format): Column<Deal>[] => [
  {
    id: 'value',
    label: 'Value',
    width: 150,
    sort: 'value',
    align: 'end',
    path: 'value',
    fields: ['value', 'currency'],
    edit: number('value'),
    render: deal => format.money(deal.value, deal.currency),
  },
  {
    id: 'weighted_value',
    label: 'Weighted value',
    width: 140,
    sort: 'weighted_value',
    align: 'end',
    path: 'weighted_value',
    fields: ['weighted_value', 'currency'],
    render: deal => format.money(deal.weighted_value, deal.currency),
  },
  {
    id: 'currency',
    label: 'Currency',
    width: 100,
    sort: 'currency',
    path: 'currency',
    fields: ['currency'],
    edit: {
      kind: 'choice',
      required: true,
      options: () => catalog.currencies.map(one => ({ value: one.code, label: one.code })),
      read: deal => deal.currency,
      patch: value => ({ currency: value }),
    },
    render: deal => deal.currency,
  },
  {
    id: 'probability',
    label: 'Probability',
    width: 110,
    sort: 'probability',
    align: 'end',
    path: 'effective_probability',
    fields: ['probability', 'effective_probability'],
    edit: number('probability'),
    render: deal => format.percent(deal.effective_probability),
  },
];

/** Where a deal stands. */
export const placeColumns = (catalog: Catalog): Column<Deal>[] => {
  const stages = () =>
    catalog.stages
      .filter(stage => stage.kind === 'open')
      .map(stage => ({ ...option(stage), group: catalog.pipeline(stage.pipeline_id)?.name }));
  return [
    {
      id: 'stage',
      label: 'Stage',
      width: 150,
      sort: 'stage_id',
      path: 'stage.name',
      fields: ['stage_id'],
      edit: id(
        'stage_id',
        deal => (deal ? stages().filter(one => one.group === catalog.pipeline(deal.pipeline_id)?.name) : stages()),
        true,
      ),
      editable: deal => deal.status === 'open',
      render: deal => catalog.stage(deal.stage_id)?.name ?? '–',
    },
    {
      id: 'pipeline',
      label: 'Pipeline',
      width: 140,
      sort: 'pipeline_id',
      path: 'pipeline.name',
      fields: ['pipeline_id'],
      render: deal => catalog.pipeline(deal.pipeline_id)?.name ?? '–',
    },
    {
      id: 'status',
      label: 'Status',
      width: 100,
      sort: 'status',
      path: 'status',
      fields: ['status'],
      render: deal => <StatusBadge status={deal.status} />,
    },
  ];
};

/** What else is known of a deal, in a word or a number. */
export const factColumns = (format: Format): Column<Deal>[] => [
  {
    id: 'priority',
    label: 'Priority',
    width: 110,
    sort: 'priority',
    path: 'priority',
    fields: ['priority'],
    edit: {
      kind: 'choice',
      required: true,
      options: () => ['low', 'medium', 'high', 'urgent'].map(word => ({ value: word, label: capital(word) })),
      read: deal => deal.priority ?? null,
      patch: value => ({ priority: value }),
    },
    render: deal => (deal.priority ? capital(deal.priority) : '–'),
  },
  {
    id: 'source',
    label: 'Source',
    width: 130,
    sort: 'source',
    path: 'source',
    fields: ['source'],
    edit: text('source'),
    render: deal => deal.source ?? '–',
  },
  {
    id: 'lost_reason',
    label: 'Lost reason',
    width: 170,
    sort: 'lost_reason',
    path: 'lost_reason',
    fields: ['lost_reason'],
    render: deal => deal.lost_reason ?? '–',
  },
  { id: 'number', label: 'Number', width: 140, sort: 'number', path: 'number', fields: ['number'], render: deal => deal.number },
  {
    id: 'products',
    label: 'Products',
    width: 100,
    sort: 'products_count',
    align: 'end',
    path: 'facts.products',
    fields: ['facts'],
    render: deal => format.number(deal.facts?.products),
  },
];
