import type { Catalog } from '../api/catalog';
import type { Label } from '../api/types';
import type { Condition } from '../filters/condition';

/** A group that a list may have, and what narrows the list to it. */
export type Candidate = { key: string; label: string; query: { stage_id?: number; owner_id?: number; where?: Condition } };

/** Those for whom a field is empty. */
export const noneOf = (field: string, label: string): Candidate => ({
  key: 'none',
  label,
  query: { where: { field, operator: 'is_empty' } },
});

export const ownerGroups = (catalog: Catalog): Candidate[] => [
  ...[...catalog.users]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(user => ({ key: `owner ${user.id}`, label: user.name, query: { owner_id: user.id } })),
  noneOf('owner_id', 'No owner'),
];

/** A record with two labels stands under both. */
export const labelGroups = (catalog: Catalog, subject: Label['subject']): Candidate[] => [
  ...catalog.labels
    .filter(label => label.subject === subject)
    .map(label => ({
      key: `label ${label.id}`,
      label: label.name,
      query: { where: { field: 'label_ids', operator: 'has' as const, values: [label.id] } },
    })),
  noneOf('label_ids', 'No label'),
];
