import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedFilter } from '../api/types';
import { Modal } from '../ui/Modal';

const circles = [
  { value: '1', label: 'Only I' },
  { value: '3', label: 'My team' },
  { value: '7', label: 'Everyone' },
];

/** What a view is called, and who sees it. */
export const ViewForm = ({
  view,
  onSave,
  onClose,
}: {
  view?: SavedFilter;
  onSave: (name: string, circle: number) => Promise<void>;
  onClose: () => void;
}) => {
  const [name, setName] = useState(view?.name ?? '');
  const [circle, setCircle] = useState(String(view?.visible_to ?? 1));
  const save = useMutation({ mutationFn: () => onSave(name.trim(), Number(circle)), onSuccess: onClose });
  return (
    <Modal opened onClose={onClose} title={view ? 'Rename or share the view' : 'Save the view'}>
      <form
        onSubmit={event => {
          event.preventDefault();
          if (name.trim()) save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            data-autofocus
            required
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            error={save.error?.message}
          />
          <Radio.Group label="Who sees it" value={circle} onChange={setCircle}>
            <Group mt="xs">
              {circles.map(one => (
                <Radio key={one.value} {...one} />
              ))}
            </Group>
          </Radio.Group>
          <Text size="sm" c="dimmed">
            It keeps all that the address says: the filter, the order, the grouping, the columns.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
