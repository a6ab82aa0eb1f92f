import { ActionIcon, Group, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { Modal } from '../ui/Modal';
import { AddLine } from './AddLine';
import { NameInput } from './NameInput';
import { useAct } from './useAct';

/** The choices of a field. */
export const FieldOptions = ({ id, onClose }: { id: number; onClose: () => void }) => {
  const act = useAct('fields');
  const field = useCatalog().fields.find(one => one.id === id);
  if (!field) return null;
  const params = { path: { id } };
  return (
    <Modal opened onClose={onClose} title={`Choices of ${field.name}`} size="lg">
      <Stack gap="xs">
        <AddLine
          label="New choice"
          onAdd={label =>
            act(() => ask(api.POST('/api/v1/fields/{id}/options', { params, body: { options: [{ label }] } })), `${label} added.`)
          }
        />
        {field.options.map(option => (
          <Group key={option.id} gap="xs" wrap="nowrap">
            <div style={{ flex: 1 }}>
              <NameInput
                label={`Choice ${option.label}`}
                value={option.label}
                onSave={label =>
                  act(
                    () => ask(api.PATCH('/api/v1/fields/{id}/options', { params, body: { options: [{ id: option.id, label }] } })),
                    'Saved.',
                  )
                }
              />
            </div>
            <Text size="xs" c="dimmed">
              id {option.id}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Delete ${option.label}`}
              onClick={() =>
                void act(
                  () => ask(api.DELETE('/api/v1/fields/{id}/options/{option_id}', { params: { path: { id, option_id: option.id } } })),
                  `${option.label} deleted.`,
                )
              }
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
    </Modal>
  );
};
