import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { explain } from '../api/problem';
import { announce } from './announce';

const undoTime = 10_000;
let counter = 0;
let latestUndo: (() => void) | null = null;

/** Done, and for ten seconds it can be taken back: by the button, or by Ctrl/⌘ Z. */
export const notifyDone = (message: string, undo?: () => Promise<unknown> | unknown) => {
  const id = `done-${++counter}`;
  const take = async () => {
    latestUndo = null;
    notifications.hide(id);
    try {
      await undo?.();
      notifyDone('Undone.');
    } catch (error) {
      notifyError(error, 'It could not be undone');
    }
  };
  const run = () => void take();
  announce(undo ? `${message} Undo with Control Z.` : message);
  if (undo) latestUndo = run;
  notifications.show({
    id,
    icon: <IconCheck size={16} aria-hidden />,
    color: 'river',
    withCloseButton: true,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    autoClose: undo ? undoTime : 4000,
    onClose: () => {
      if (latestUndo === run) latestUndo = null;
    },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        {undo && (
          <Button size="compact-sm" variant="light" flex="none" onClick={run}>
            Undo
          </Button>
        )}
      </Group>
    ),
  });
};

/** What went wrong, in one sentence. */
export const notifyError = (error: unknown, title?: string) => {
  announce(`${title ?? 'Refused'}: ${explain(error)}`);
  notifications.show({
    id: `error-${++counter}`,
    icon: <IconAlertTriangle size={16} aria-hidden />,
    color: 'red.8',
    title,
    closeButtonProps: { 'aria-label': 'Dismiss' },
    autoClose: 8000,
    message: explain(error),
  });
};

/** Takes the last change back, while its notification is up. */
export const undoLatest = () => latestUndo?.();
