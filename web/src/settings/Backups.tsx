import { Alert, Button, Menu, Paper, Progress, Stack, Table, Text, Title } from '@mantine/core';
import { IconDatabaseExport, IconDownload, IconInfoCircle, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { sizeText } from '../deals/files';
import { notifyDone, notifyError } from '../ui/notify';
import { RowMenu } from '../ui/RowMenu';
import { ErrorState, LoadingRows } from '../ui/states';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { Command } from './Command';
import { Rows } from './Rows';
import { useAct } from './useAct';

type Backup = components['schemas']['Backup'];

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
          <Kept query={{ ...query, data: query.data }} />
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

const Kept = ({ query }: { query: { data: { data: Backup[] }; error: unknown; isLoading: boolean; refetch: () => unknown } }) => {
  const format = useFormat();
  const act = useAct('backups');
  const last = query.data.data[0];
  return (
    <>
      <Text size="sm">
        One file with the whole database of this server, as it is at one moment, made while everybody works and checked page by page. It
        holds everything, password hashes and keys of signatures too: keep it as you keep the server. Attached files are apart, below.
      </Text>
      <Text size="sm" fw={600} role="status">
        {last ? `The last one was made ${format.ago(last.made_at!)}.` : 'None was made here yet.'}
      </Text>
      <Making />
      <Rows label="Backups" query={query} head={['Made', 'Size', 'Check', 'Holds', 'Last change in it', '']} empty="Make the first one.">
        {one => (
          <Table.Tr key={one.uid}>
            <Table.Td>{format.instant(one.made_at)}</Table.Td>
            <Table.Td className="tabular">{sizeText(one.bytes ?? 0)}</Table.Td>
            <Table.Td>
              <Tone tone="good">Sound</Tone>
            </Table.Td>
            <Table.Td>{format.number(one.deals ?? 0)} deals</Table.Td>
            <Table.Td>{one.last_change_at ? format.instant(one.last_change_at) : 'never'}</Table.Td>
            <Table.Td>
              <RowMenu name={`the backup of ${format.instant(one.made_at)}`}>
                <Menu.Item
                  component="a"
                  href={`/api/v1/backups/${one.uid}/file`}
                  download
                  leftSection={<IconDownload size={15} aria-hidden />}
                >
                  Download
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconTrash size={15} aria-hidden />}
                  onClick={() =>
                    void act(
                      () => ask(api.DELETE('/api/v1/backups/{uid}', { params: { path: { uid: one.uid! } } })),
                      'The backup is deleted.',
                    )
                  }
                >
                  Delete
                </Menu.Item>
              </RowMenu>
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
    </>
  );
};

/** The button, and how far a backup is that was asked for. */
const Making = () => {
  const format = useFormat();
  const queries = useQueryClient();
  const [uid, setUid] = useState<string | null>(null);
  const { data: job } = useQuery({
    queryKey: ['backup-job', uid],
    enabled: uid !== null,
    queryFn: () => ask(api.GET('/api/v1/jobs/{uid}', { params: { path: { uid: uid! } } })),
    refetchInterval: 500,
  });
  const state = job?.state;
  const error = (job?.result as { error?: string } | null | undefined)?.error;
  useEffect(() => {
    if (state !== 'completed' && state !== 'failed' && state !== 'rejected') return;
    setUid(null);
    void queries.invalidateQueries({ queryKey: ['backups'] });
    void queries.invalidateQueries({ queryKey: ['jobs'] });
    if (state === 'completed') notifyDone('The backup is made and checked.');
    else notifyError(new Error(error ?? 'The backup could not be made.'));
  }, [state, error, queries]);
  const begin = async () => {
    try {
      setUid((await ask(api.POST('/api/v1/backups', {}))).uid!);
    } catch (refused) {
      notifyError(refused);
    }
  };
  const part = job?.total ? Math.round((100 * (job.done ?? 0)) / job.total) : 0;
  return (
    <Stack gap="xs">
      <Button
        w="fit-content"
        loading={uid !== null}
        leftSection={<IconDatabaseExport size={16} aria-hidden />}
        onClick={() => void begin()}
      >
        Make a backup now
      </Button>
      {uid !== null && (
        <div role="status">
          <Text size="sm">
            {!job?.total
              ? 'It begins…'
              : part < 100
                ? `Copying: ${sizeText(job.done ?? 0)} of about ${sizeText(job.total)} (${format.percent(part)})`
                : 'Checking every page…'}
            {error && ` It is tried again: ${error}`}
          </Text>
          <Progress value={part} animated aria-label="How much is copied" />
        </div>
      )}
    </Stack>
  );
};
