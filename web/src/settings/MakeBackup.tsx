import { Button, Progress, Stack, Text } from '@mantine/core';
import { IconDatabaseExport } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '../api/client';
import { sizeText } from '../deals/files';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';

/** The button, and how far a backup is that was asked for. */
export const MakeBackup = () => {
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
