import type { Catalog } from '../api/catalog';
import type { Deal, DealPatch } from '../api/types';
import type { Column, Editor, EditorValue, Option } from '../grid/column';
import { formerOf } from '../ui/useChange';
import type { BulkChange, Target } from './bulk';

/** Something that can be changed on many deals at once. */
export type BulkField = { id: string; label: string; editor: Editor<Deal>; change: (value: EditorValue) => BulkChange };

/** What a patch overwrites, read from the deal before: the patch that puts it back. */
export const before = (patch: DealPatch, deal: Target): DealPatch => {
  const back = formerOf(patch, deal);
  if ('archived' in patch) back.archived = deal.archived_at != null;
  // A lost deal that is lost again wants its reason again.
  if ('status' in patch && deal.status === 'lost') back.lost_reason = deal.lost_reason ?? null;
  return back as DealPatch;
};

const update = (label: string, fields: string[], patch: (deal: Target) => DealPatch): BulkChange => ({
  kind: 'update',
  label,
  fields,
  patch,
  back: deal => before(patch(deal), deal),
});

export const archive = (archived: boolean): BulkChange =>
  update(archived ? 'Archive' : 'Take out of the archive', ['archived_at'], () => ({ archived }));
export const remove: BulkChange = { kind: 'delete', label: 'Delete', fields: [] };
export const restore: BulkChange = { kind: 'restore', label: 'Restore', fields: [] };

/** The columns that have an editor and mean the same on every deal, and labels one by one. */
export const bulkFields = (columns: Column<Deal>[], catalog: Catalog): BulkField[] => {
  const labels: Option[] = catalog.labels
    .filter(label => label.subject === 'deal')
    .map(label => ({ value: String(label.id), label: label.name }));
  const choice = (options: Option[]): Editor<Deal> => ({
    kind: 'choice',
    required: true,
    options: () => options,
    read: () => null,
    patch: () => ({}),
  });
  const reasons = catalog.lostReasons.map(one => ({ value: one.name, label: one.name }));
  return [
    ...columns.flatMap((column): BulkField[] => {
      const { edit } = column;
      if (!edit || column.id === 'title') return [];
      return [
        {
          id: column.id,
          label: column.label,
          editor: edit,
          change: value => update(column.label, [...(column.fields ?? []), 'status'], () => edit.patch(value) as DealPatch),
        },
      ];
    }),
    {
      id: 'add_label',
      label: 'Add a label',
      editor: choice(labels),
      change: value =>
        update('Add a label', ['label_ids'], deal => ({ label_ids: [...new Set([...(deal.label_ids ?? []), Number(value)])] })),
    },
    {
      id: 'remove_label',
      label: 'Take a label away',
      editor: choice(labels),
      change: value =>
        update('Take a label away', ['label_ids'], deal => ({ label_ids: (deal.label_ids ?? []).filter(id => id !== Number(value)) })),
    },
    {
      id: 'status',
      label: 'Status',
      editor: choice(['open', 'won', 'lost'].map(word => ({ value: word, label: word[0]!.toUpperCase() + word.slice(1) }))),
      change: value => update('Status', ['status', 'lost_reason'], () => ({ status: value as 'open' | 'won' | 'lost' })),
    },
    ...(reasons.length > 0
      ? [
          {
            id: 'lost_reason',
            label: 'Lost, with reason',
            editor: choice(reasons),
            change: (value: EditorValue) =>
              update('Lost', ['status', 'lost_reason'], () => ({ status: 'lost' as const, lost_reason: value as string })),
          },
        ]
      : []),
  ];
};
