import { Box, Center, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** The frame of the pages that nobody is signed in to see. */
export const Entrance = ({ title, lead, children }: { title: string; lead: string; children: ReactNode }) => (
  <Center
    mih="100%"
    p="md"
    component="main"
    data-touch
    style={{ background: 'linear-gradient(160deg, var(--t-accent-soft), var(--t-bg) 60%)' }}
  >
    <Paper w="100%" maw={420} p="xl" radius="lg" withBorder style={{ background: 'var(--t-surface)', boxShadow: 'var(--t-shadow)' }}>
      <Stack gap="lg">
        <Stack gap={6}>
          <Box component="img" src="/icon.svg" alt="" w={40} h={40} />
          <Title order={1} size="h2">
            {title}
          </Title>
          <Text c="dimmed" size="sm">
            {lead}
          </Text>
        </Stack>
        {children}
      </Stack>
    </Paper>
  </Center>
);
