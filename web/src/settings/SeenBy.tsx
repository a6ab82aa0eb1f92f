import { Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useCatalog } from '../api/catalog';
import type { FieldDefinition } from '../api/types';
import { peopleOf } from '../stages/entry';

/** Who sees a field, where that is not everyone. */
export const SeenBy = ({ field }: { field: FieldDefinition }) => {
  const { user } = useCatalog();
  const readers = peopleOf(field.readers, id => user(id)?.name);
  if (readers.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      <IconEyeOff size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> Seen by {readers.join(', ')} only
    </Text>
  );
};
