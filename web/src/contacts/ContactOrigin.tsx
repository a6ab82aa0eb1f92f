import { Text } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import { SideSection } from '../side/SideSection';
import { useFormat } from '../ui/useFormat';
import type { Contact } from './kinds';

/** Who wrote a contact down, and who changed it last. */
export const ContactOrigin = ({ contact }: { contact: Contact }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const who = (id: number | null) => catalog.user(id)?.name ?? 'the server';
  return (
    <SideSection title="Origin">
      <Text size="xs" c="dimmed">
        Added {format.instant(contact.added_at)} by {who(contact.added_by)}.
        {contact.updated_at && ` Changed ${format.ago(contact.updated_at)} by ${who(contact.updated_by)}.`} Version {contact.version}.
      </Text>
    </SideSection>
  );
};
