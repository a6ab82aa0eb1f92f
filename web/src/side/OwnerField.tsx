import { Group } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import { ChoiceEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { UserAvatar } from '../ui/UserAvatar';
import { option } from './option';

/** Whose a record is. */
export const OwnerField = ({ id, onSave }: { id: number | null; onSave?: (id: number | null) => void }) => {
  const catalog = useCatalog();
  const owner = catalog.user(id);
  return (
    <Inline
      label="Owner"
      editor={
        onSave &&
        (close => (
          <ChoiceEditor
            label="Owner"
            choices={catalog.users.filter(user => user.is_active).map(option)}
            value={id === null ? null : String(id)}
            close={close}
            onSave={chosen => onSave(chosen ? Number(chosen) : null)}
          />
        ))
      }
    >
      <Group gap={6} wrap="nowrap">
        <UserAvatar user={owner} size={22} />
        {owner?.name ?? '–'}
      </Group>
    </Inline>
  );
};
