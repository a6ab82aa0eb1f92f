import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconFileTypeCsv, IconFileZip, IconPaperclip } from '@tabler/icons-react';

const files = [
  { href: '/api/v1/workspace/export.zip?format=csv', label: 'CSV (zip)', Icon: IconFileTypeCsv },
  { href: '/api/v1/workspace/export.zip?format=jsonl', label: 'JSON Lines (zip)', Icon: IconFileZip },
  { href: '/api/v1/workspace/files.tar', label: 'Attached files (tar)', Icon: IconPaperclip },
];

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
        {files.map(({ href, label, Icon }) => (
          <Button key={href} component="a" href={href} download variant="default" leftSection={<Icon size={16} aria-hidden />}>
            {label}
          </Button>
        ))}
      </Group>
    </Stack>
  </Paper>
);
