import { Button, Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notifyDone, notifyError } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { Seed } from './Seed';
import { Snapshots } from './Snapshots';
import { moveClock, readClock, reset } from './steering';

const jumps = [
  { label: '+1 hour', seconds: 3600 },
  { label: '+1 day', seconds: 86_400 },
  { label: '+7 days', seconds: 7 * 86_400 },
  { label: '+30 days', seconds: 30 * 86_400 },
];

/** The sandbox's time, and the way back to how it began. */
export default function SandboxState() {
  const client = useQueryClient();
  const format = useFormat();
  const { data: clock, error, refetch } = useQuery({ queryKey: ['sandbox', 'clock'], queryFn: readClock, refetchInterval: 1000 });
  const after = { onError: (refused: Error) => notifyError(refused), onSuccess: () => client.invalidateQueries() };
  const move = useMutation({ mutationFn: moveClock, ...after });
  const begin = useMutation({
    mutationFn: reset,
    ...after,
    onSuccess: async () => {
      await client.invalidateQueries();
      notifyDone('The sandbox is as it was at the beginning.');
    },
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!clock) return <LoadingRows rows={2} />;
  return (
    <Stack gap="md" maw={820}>
      <Paper withBorder p="md" radius="md">
        <Title order={2} size="h4">
          Clock
        </Title>
        <Text size="lg" className="tabular" my="xs">
          {format.instant(clock.now)}
        </Text>
        <Group gap="xs">
          {jumps.map(jump => (
            <Button
              key={jump.label}
              variant="default"
              loading={move.isPending}
              onClick={() => move.mutate({ advance_seconds: jump.seconds })}
            >
              {jump.label}
            </Button>
          ))}
          <Switch label="Stands still" checked={clock.frozen} onChange={event => move.mutate({ frozen: event.currentTarget.checked })} />
        </Group>
        <Text size="sm" c="dimmed" mt="xs">
          Time only goes forward: rotting, due activities and expiring tokens follow it at once.
        </Text>
      </Paper>
      <Paper withBorder p="md" radius="md">
        <Title order={2} size="h4">
          State
        </Title>
        <Text size="sm" c="dimmed" my="xs">
          A reset brings back the records the sandbox began with, their ids, the credentials and the time, and takes faults and journal
          away. You sign in again after it. Snapshots stay.
        </Text>
        <Button leftSection={<IconRefresh size={16} aria-hidden />} loading={begin.isPending} onClick={() => begin.mutate()}>
          Reset
        </Button>
      </Paper>
      <Snapshots />
      <Seed />
    </Stack>
  );
}
