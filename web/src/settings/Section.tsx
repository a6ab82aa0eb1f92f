import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A page of the settings: what it is, in a sentence, and what can be done. */
export const Section = ({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) => (
  <Stack gap="md" component="section" aria-label={title}>
    <Group justify="space-between" align="flex-start">
      <div style={{ flex: '1 1 300px', minWidth: 0, overflowWrap: 'anywhere' }}>
        <Title order={1} size="h2" dir="auto">
          {title}
        </Title>
        {lead && (
          <Text size="sm" c="dimmed" maw={720}>
            {lead}
          </Text>
        )}
      </div>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
    {children}
  </Stack>
);
