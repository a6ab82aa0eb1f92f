import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** A button that copies something and says that it did. */
export const CopyIcon = ({ copied, onClick, label }: { copied: boolean; onClick: () => void; label: string }) => (
  <Tooltip label={copied ? 'Copied' : label}>
    <ActionIcon variant="subtle" color={copied ? 'green' : 'gray'} onClick={onClick} aria-label={copied ? 'Copied' : label}>
      {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
    </ActionIcon>
  </Tooltip>
);
