import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconKey } from '@tabler/icons-react';
import { Modal } from '../ui/Modal';

export type Shown = { title: string; parts: { label: string; text: string }[]; note?: string };

/** A secret, this once. */
export const Secret = ({ shown, onClose }: { shown: Shown; onClose: () => void }) => (
  <Modal opened onClose={onClose} title={shown.title} size="lg" closeOnClickOutside={false}>
    <Stack>
      <Alert color="orange.9" icon={<IconKey size={18} aria-hidden />}>
        Copy it now: it is never shown again.
      </Alert>
      {shown.parts.map(part => (
        <div key={part.label}>
          <Text size="sm" fw={600}>
            {part.label}
          </Text>
          <Group wrap="nowrap" gap="xs">
            <Code block data-testid="secret" style={{ flex: 1, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {part.text}
            </Code>
            <CopyButton value={part.text}>
              {({ copied, copy }) => (
                <Button
                  variant="light"
                  leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                  onClick={copy}
                >
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
          </Group>
        </div>
      ))}
      {shown.note && (
        <Text size="sm" c="dimmed">
          {shown.note}
        </Text>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>I have kept it</Button>
      </Group>
    </Stack>
  </Modal>
);
