import { Alert, Paper, Stack, Text, Title } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { ErrorState, LoadingRows } from '../ui/states';
import { Command } from './Command';
import { KeptBackups } from './KeptBackups';

/** Backups of the whole server: made now, downloaded, and how one is put back. */
export const Backups = () => {
  const query = useQuery({ queryKey: ['backups'], queryFn: () => ask(api.GET('/api/v1/backups', {})) });
  return (
    <Paper withBorder p="md" maw={860}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          Backup
        </Title>
        {query.error ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : !query.data ? (
          <LoadingRows rows={3} />
        ) : query.data.is_offered ? (
          <KeptBackups query={{ ...query, data: query.data }} />
        ) : (
          <Alert icon={<IconInfoCircle size={18} aria-hidden />}>{query.data.refusal}</Alert>
        )}
        <Title order={3} fz={15}>
          Putting one back
        </Title>
        <Text size="sm">
          Where the server is, while it is stopped. The backup is checked first, what was there stays beside it, and a database with later
          changes is not replaced unless told so. PostgreSQL is put back by its own tools (docs/backup.md).
        </Text>
        <Command text="tributary restore tributary-2026-11-21-0315.db" />
        <Command text="tar -C tributary-data -xf files.tar" />
        <Command text="tributary verify" />
      </Stack>
    </Paper>
  );
};
