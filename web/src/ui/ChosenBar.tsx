import { CloseButton, Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormat } from './useFormat';

type Props = { label: string; count: number; onClear: () => void; children: ReactNode };

/** Floats above a table: how many rows are chosen, and what can be done with them. */
export const ChosenBar = ({ label, count, onClear, children }: Props) => {
  const format = useFormat();
  return (
    <Paper
      shadow="lg"
      withBorder
      radius="lg"
      px="md"
      py="xs"
      role="region"
      aria-label={label}
      style={{
        position: 'absolute',
        insetInline: 0,
        bottom: 14,
        marginInline: 'auto',
        width: 'fit-content',
        maxWidth: 'calc(100% - 24px)',
        zIndex: 5,
      }}
    >
      <Group gap="sm">
        <Text size="sm" fw={600} aria-live="polite">
          {format.number(count)} selected
        </Text>
        {children}
        <CloseButton size="sm" aria-label="Select none" onClick={onClear} />
      </Group>
    </Paper>
  );
};
