import { Code, CopyButton, Group } from '@mantine/core';
import { CopyIcon } from '../ui/CopyIcon';

/** A line for a terminal, to be copied. */
export const Command = ({ text }: { text: string }) => (
  <Group gap="xs" wrap="nowrap">
    <Code block style={{ flex: 1, minWidth: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {text}
    </Code>
    <CopyButton value={text}>{({ copied, copy }) => <CopyIcon copied={copied} onClick={copy} label={`Copy ${text}`} />}</CopyButton>
  </Group>
);
