import { Alert, Button, Group, List, Paper, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowBackUp, IconDownload, IconList } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, ask } from '../api/client';
import { ErrorState, LoadingPage } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { hasEnded, type Report } from './imports';
import { Nouns } from './Nouns';
import { Reasons } from './Reasons';

const every = 600;
const listOf: Record<Report['kind'], string> = {
  deals: '/deals/list?tab=all&sort=-added_at',
  organizations: '/contacts/organizations',
  persons: '/contacts/persons',
  products: '/products',
  users: '/settings/users',
  everything: '/deals/list?tab=all&sort=-added_at',
};

/** How an import goes on and what it came to; what it created can be taken back. */
export const RunScreen = () => {
  const { uid = '' } = useParams();
  const format = useFormat();
  const queries = useQueryClient();
  const [undoing, setUndoing] = useState<string | null>(null);
  const run = useQuery({
    queryKey: ['imports', uid],
    queryFn: () => ask(api.GET('/api/v1/imports/{uid}', { params: { path: { uid } } })),
    refetchInterval: query => (query.state.data && hasEnded(query.state.data.state) ? false : every),
  });
  const job = useQuery({
    queryKey: ['jobs', undoing],
    queryFn: () => ask(api.GET('/api/v1/jobs/{uid}', { params: { path: { uid: undoing! } } })),
    enabled: undoing !== null,
    refetchInterval: query => (query.state.data && hasEnded(query.state.data.state) ? false : every),
  });
  const isUndone = job.data !== undefined && hasEnded(job.data.state);
  useEffect(() => {
    if (isUndone) void queries.invalidateQueries({ queryKey: ['imports'] });
  }, [isUndone, queries]);
  const undo = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/imports/{uid}/undo', { params: { path: { uid } } })),
    onSuccess: begun => setUndoing(begun.uid),
  });

  if (run.error) return <ErrorState error={run.error} onRetry={() => void run.refetch()} />;
  if (!run.data) return <LoadingPage />;
  const { state, done, total, error, has_rejects, undoable } = run.data;
  const report = run.data.report as Report | null;
  const isOver = hasEnded(state);
  const undone =
    job.data && hasEnded(job.data.state) ? (job.data.result as { deleted?: number; refused?: number; error?: string } | null) : null;

  return (
    <Stack maw={820}>
      {!isOver && (
        <Stack gap={6} role="status">
          <Text fw={600}>
            {state === 'waiting'
              ? 'Waiting for its turn…'
              : `Importing: ${format.number(done)}${total ? ` of about ${format.number(total)}` : ''} ${total ? 'rows' : 'records'}`}
          </Text>
          <Progress value={total ? Math.min(100, (done / total) * 100) : 5} animated aria-label="Rows imported" />
          <Text size="sm" c="dimmed">
            You can leave this page; the import goes on.
          </Text>
        </Stack>
      )}
      {error && (
        <Alert color="red.8" title={isOver ? 'The import did not end well' : 'It is tried again'}>
          {error}
        </Alert>
      )}
      {report && (
        <>
          {isOver && (
            <div role="status">
              <Title order={2} size="h3">
                {report.dry_run ? 'Nothing was written. It would have been: ' : 'Imported: '}
                {format.number(report.created)} created, {format.number(report.updated)} updated, {format.number(report.rejected)} refused
              </Title>
            </div>
          )}
          <SimpleGrid cols={{ base: 2, sm: 5 }}>
            {(['read', 'created', 'updated', 'unchanged', 'rejected'] as const).map(name => (
              <Paper key={name} withBorder p="sm">
                <Text
                  size="xl"
                  fw={700}
                  className="tabular"
                  c={name === 'rejected' && report.rejected > 0 ? 'var(--t-overdue)' : undefined}
                >
                  {format.number(report[name])}
                </Text>
                <Text size="sm" c="dimmed">
                  {name === 'read' ? (report.kind === 'everything' ? 'records read' : 'rows read') : name === 'rejected' ? 'refused' : name}
                </Text>
              </Paper>
            ))}
          </SimpleGrid>
          <Nouns nouns={report.nouns ?? []} />
          {Object.entries(report.created_by_noun).some(([, count]) => count > 0) && (
            <Text size="sm">
              Created on the way:{' '}
              {Object.entries(report.created_by_noun)
                .filter(([, count]) => count > 0)
                .map(([noun, count]) => `${format.number(count)} ${noun}`)
                .join(', ')}
              .
            </Text>
          )}
          <Reasons title="Refused because" items={report.reasons} />
          <Reasons title="Worth knowing" items={report.warnings} />
          {report.near_names.length > 0 && (
            <div>
              <Text fw={600}>Near names</Text>
              <List size="sm">
                {report.near_names.map(near => (
                  <List.Item key={`${near.noun} ${near.written}`}>
                    {near.noun} “{near.written}” {near.applied ? 'was taken for' : 'looks like'} “{near.existing}” (
                    {format.number(near.rows)} rows)
                  </List.Item>
                ))}
              </List>
            </div>
          )}
        </>
      )}
      {undoing && !undone && (
        <Stack gap={6} role="status">
          <Text>
            Taking it back: {format.number(job.data?.done ?? 0)} of {format.number(job.data?.total ?? undoable)}
          </Text>
          <Progress value={job.data?.total ? (job.data.done / job.data.total) * 100 : 0} animated aria-label="Records taken back" />
        </Stack>
      )}
      {undone && (
        <Alert
          color="river"
          title={undone.error ? 'It could not be taken back' : `Taken back: ${format.number(undone.deleted ?? 0)} records deleted`}
          role="status"
        >
          {undone.error ?? 'They are in the bin for 30 days. Records that the import changed stay changed.'}
          {undone.refused ? ` ${format.number(undone.refused)} could not be deleted.` : ''}
        </Alert>
      )}
      {undo.error && <Alert color="red.8">{undo.error.message}</Alert>}
      {isOver && (
        <Group>
          {report && (
            <Button component={Link} to={listOf[report.kind]} leftSection={<IconList size={16} aria-hidden />}>
              Show the {report.kind === 'everything' ? 'deals' : report.kind}
            </Button>
          )}
          {has_rejects && (
            <Button
              component="a"
              href={`/api/v1/imports/${uid}/rejects`}
              download="rejects.csv"
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              Download the refused rows
            </Button>
          )}
          {undoable > 0 && !undoing && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              loading={undo.isPending}
              onClick={() => undo.mutate()}
            >
              Undo: delete {format.number(undoable)} records
            </Button>
          )}
          <Button component={Link} to="/import" variant="subtle">
            Import more
          </Button>
        </Group>
      )}
    </Stack>
  );
};
