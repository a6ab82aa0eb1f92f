import { Group } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import { sight } from '../past/words';
import { ChoiceEditor, ChoicesEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { UserAvatar } from '../ui/UserAvatar';
import type { Contact, Kind, Patch } from './kinds';
import { LabelBadges } from './LabelBadges';
import { TextField } from './TextField';

type Props = { kind: Kind; contact: Contact; save: (patch: Patch) => void };

const option = (row: { id: number; name: string }) => ({ value: String(row.id), label: row.name });

/** What persons and organizations both have. */
export const SharedFields = ({ kind, contact, save }: Props) => {
  const catalog = useCatalog();
  const owner = catalog.user(contact.owner_id);
  return (
    <>
      <Inline
        label="Owner"
        editor={close => (
          <ChoiceEditor
            label="Owner"
            choices={catalog.users.filter(user => user.is_active).map(option)}
            value={contact.owner_id === null ? null : String(contact.owner_id)}
            close={close}
            onSave={id => save({ owner_id: id ? Number(id) : null })}
          />
        )}
      >
        <Group gap={6} wrap="nowrap">
          <UserAvatar user={owner} size={22} />
          {owner?.name ?? '–'}
        </Group>
      </Inline>
      <Inline
        label="Labels"
        editor={close => (
          <ChoicesEditor
            label="Labels"
            choices={catalog.labels.filter(label => label.subject === kind).map(option)}
            value={contact.label_ids.map(String)}
            close={close}
            onSave={ids => save({ label_ids: ids.map(Number) })}
          />
        )}
      >
        {contact.label_ids.length === 0 ? '–' : <LabelBadges ids={contact.label_ids} />}
      </Inline>
      <TextField label="About" member="notes" value={contact.notes} save={save} multiline />
      <Inline
        label="Visible to"
        editor={close => (
          <ChoiceEditor
            label="Visible to"
            choices={Object.entries(sight).map(([value, label]) => ({ value, label }))}
            value={String(contact.visible_to)}
            close={close}
            onSave={value => value && save({ visible_to: Number(value) })}
          />
        )}
      >
        {sight[contact.visible_to] ?? contact.visible_to}
      </Inline>
    </>
  );
};
