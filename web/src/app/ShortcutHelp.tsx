import { Group, Kbd, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core';
import { Modal } from '../ui/Modal';
import { setPreference, usePreferences } from './preferences';
import { useActiveShortcuts } from './shortcuts';

const names: Record<string, string> = {
  mod: '⌘/Ctrl',
  space: 'Space',
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
};

const Keys = ({ keys }: { keys: string }) => (
  <Group gap={4} wrap="nowrap">
    {keys.split(/[ +]/).map((key, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the keys of one shortcut do not move.
      <Kbd key={index} size="xs">
        {names[key] ?? key.toUpperCase()}
      </Kbd>
    ))}
  </Group>
);

/** All keys that do something where one is. */
export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const shortcuts = useActiveShortcuts();
  const { shortcuts: isOn } = usePreferences();
  const groups = [...new Set(shortcuts.map(one => one.group))];
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="lg">
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {groups.map(group => (
            <Stack key={group} gap={6}>
              <Title order={3} size="h6">
                {group}
              </Title>
              {shortcuts
                .filter(one => one.group === group)
                .map(one => (
                  <Group key={one.keys} justify="space-between" wrap="nowrap">
                    <Text size="sm">{one.label}</Text>
                    <Keys keys={one.keys} />
                  </Group>
                ))}
            </Stack>
          ))}
        </SimpleGrid>
        <Switch label="Single-key shortcuts" checked={isOn} onChange={event => setPreference('shortcuts', event.currentTarget.checked)} />
      </Stack>
    </Modal>
  );
}
