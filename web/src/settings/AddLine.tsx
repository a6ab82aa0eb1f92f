import { Button, Group, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';

/** One line to add one more by its name. */
export const AddLine = ({ label, onAdd, children }: { label: string; onAdd: (name: string) => Promise<boolean>; children?: ReactNode }) => {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    setBusy(true);
    if (await onAdd(name.trim())) setName('');
    setBusy(false);
  };
  return (
    <form onSubmit={add}>
      <Group gap="xs">
        <TextInput
          aria-label={label}
          placeholder={label}
          flex="1 1 180px"
          maw={280}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        {children}
        <Button type="submit" variant="light" loading={busy} leftSection={<IconPlus size={16} aria-hidden />}>
          Add
        </Button>
      </Group>
    </form>
  );
};
