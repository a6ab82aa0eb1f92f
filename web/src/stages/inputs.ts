import type { Catalog } from '../api/catalog';
import type { Deal } from '../api/types';
import type { Editor, EditorValue, Option } from '../grid/column';
import { customColumn } from '../list/customColumn';
import { id, number, option, text } from '../list/edits';
import { formatter } from '../ui/format';

/** Columns also show values; here nothing is shown. */
const unshown = formatter('en', 'UTC');

type Input = { editor: Editor<never>; options: Option[] };

const words = (field: string): Editor<Deal> => ({
  kind: 'text',
  read: () => null,
  patch: value => ({
    [field]: String(value ?? '')
      .split(',')
      .flatMap(part => part.trim() || []),
  }),
});
const day = (field: string, instant = false): Editor<Deal> => ({
  kind: 'day',
  read: () => null,
  patch: value => ({ [field]: instant ? `${value as string}T09:00:00Z` : value }),
});
const record = (
  field: string,
  kind: 'person' | 'organization',
  wrap = (value: unknown): Record<string, unknown> => ({ [field]: value }),
): Editor<Deal> => ({
  kind: 'record',
  record: kind,
  read: () => null,
  patch: value => wrap((value as { id: number }).id),
});

const builtIn = (name: string, catalog: Catalog): Editor<Deal> | undefined => {
  const users = catalog.users.filter(user => user.is_active).map(option);
  switch (name) {
    case 'value':
    case 'probability':
      return number(name);
    case 'expected_close':
      return day(name);
    case 'next_followup_at':
      return day(name, true);
    case 'owner_id':
    case 'assignee_id':
      return id(name, () => users);
    case 'person_id':
      return record(name, 'person');
    case 'org_id':
      return record(name, 'organization');
    case 'label_ids':
      return {
        kind: 'choices',
        options: () => catalog.labels.filter(label => label.subject === 'deal').map(option),
        read: () => [],
        patch: (value: EditorValue) => ({ label_ids: ((value as string[]) ?? []).map(Number) }),
      };
    case 'tag_ids':
      return words('tags');
    case 'competitors':
      return words('competitors');
    case 'lost_reason': {
      const reasons = catalog.lostReasons.map(one => ({ value: one.name, label: one.name }));
      return reasons.length === 0
        ? text(name)
        : { kind: 'choice', options: () => reasons, read: () => null, patch: value => ({ lost_reason: value }) };
    }
    case 'source':
    case 'deal_type':
    case 'forecast_category':
    case 'description':
    case 'closure_notes':
    case 'won_reason':
    case 'loss_category':
      return text(name);
    default:
      return undefined;
  }
};

const custom = (slug: string, catalog: Catalog, currency: string): Editor<Deal> | undefined => {
  const field = catalog.fields.find(one => one.subject === 'deal' && one.slug === slug);
  if (!field) return undefined;
  const wrap = (value: unknown) => ({ custom: { [slug]: value } });
  if (field.type === 'monetary') return { kind: 'number', read: () => null, patch: value => wrap({ value: Number(value), currency }) };
  if (field.type === 'people') return record(slug, 'person', wrap);
  if (field.type === 'org') return record(slug, 'organization', wrap);
  if (field.type === 'time') return undefined;
  return customColumn(field, catalog, unshown).edit;
};

/** How a form asks for a field that a stage requires; none where only the deal itself has the input. */
export const inputOf = (name: string, catalog: Catalog, currency: string): Input | undefined => {
  const editor = name.startsWith('custom.') ? custom(name.slice('custom.'.length), catalog, currency) : builtIn(name, catalog);
  if (!editor) return undefined;
  return { editor: editor as Editor<never>, options: 'options' in editor ? editor.options(null) : [] };
};
