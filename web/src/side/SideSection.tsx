import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A heading with the values under it, as they stand beside a record. */
export const SideSection = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <Title order={2} size="h5" mb={6}>
      {title}
    </Title>
    <Stack gap={6}>{children}</Stack>
  </section>
);
