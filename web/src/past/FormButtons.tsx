import { Button, Group } from '@mantine/core';

type Props = { onClose: () => void; busy: boolean; disabled?: boolean; label: string };

/** The way out of a form of the composer, and the way on. */
export const FormButtons = ({ onClose, busy, disabled, label }: Props) => (
  <Group justify="flex-end" gap="xs">
    <Button variant="default" onClick={onClose}>
      Cancel
    </Button>
    <Button type="submit" loading={busy} disabled={disabled}>
      {label}
    </Button>
  </Group>
);
