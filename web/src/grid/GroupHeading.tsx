import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** What a group of a list is called, how many rows it has, and what they come to. */
export const GroupHeading = ({ label, count, children }: { label: string; count: string; children?: ReactNode }) => (
  <>
    <Text component="span" size="sm" fw={650} truncate dir="auto">
      {label}
    </Text>
    <Text component="span" size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
      {count}
    </Text>
    {children}
  </>
);
