import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconFileTypeCsv, IconFileZip, IconPaperclip } from '@tabler/icons-react';

/** Everything of this workspace, in files that other programs read. */
export const CarryAway = () => (
  <Paper withBorder p="md" maw={860}>
    <Stack gap="sm">
      <Title order={2} size="h3">
        Export of all
      </Title>
      <Text size="sm">
        All deals, organizations, persons, products and activities of this workspace, archived ones included: one file for each kind. CSV
        opens in a spreadsheet; JSON Lines keeps types. Attached files come with the paths they have in the data folder. None of it is a
        backup: history, settings and users are not in it.
      </Text>
      <Group gap="xs">
        <Button
          component="a"
          href="/api/v1/workspace/export.zip?format=csv"
          download
          variant="default"
          leftSection={<IconFileTypeCsv size={16} aria-hidden />}
        >
          CSV (zip)
        </Button>
        <Button
          component="a"
          href="/api/v1/workspace/export.zip?format=jsonl"
          download
          variant="default"
          leftSection={<IconFileZip size={16} aria-hidden />}
        >
          JSON Lines (zip)
        </Button>
        <Button
          component="a"
          href="/api/v1/workspace/files.tar"
          download
          variant="default"
          leftSection={<IconPaperclip size={16} aria-hidden />}
        >
          Attached files (tar)
        </Button>
      </Group>
    </Stack>
  </Paper>
);
