import { Button, Group, List, Paper, SimpleGrid, Table, Text, Title } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { Backups } from './Backups';
import { CarryAway } from './CarryAway';
import { Rows } from './Rows';
import { Section } from './Section';

/** How much there is, how it is kept, and how it is brought to safety. */
export default function DataSection() {
  const { isAdmin } = useSession();
  const format = useFormat();
  const usage = useQuery({ queryKey: ['usage'], queryFn: () => ask(api.GET('/api/v1/usage', {})) });
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: () => ask(api.GET('/api/v1/jobs', { params: { query: { limit: 20 } } })) });
  const figures = usage.data && [
    ['Active users', usage.data.users],
    ['Pipelines', usage.data.pipelines],
    ['Stages', usage.data.stages],
    ['Custom fields', usage.data.fields],
    ['Labels', usage.data.labels],
    ['Tags', usage.data.tags],
  ];
  return (
    <Section
      title="Backup and data"
      actions={
        <Button component={Link} to="/import" variant="default" leftSection={<IconUpload size={16} aria-hidden />}>
          Import
        </Button>
      }
    >
      {figures && (
        <SimpleGrid cols={{ base: 3, sm: 6 }} maw={720}>
          {figures.map(([label, value]) => (
            <div key={label}>
              <Text size="xs" c="dimmed">
                {label}
              </Text>
              <Text fw={650} className="tabular">
                {format.number(Number(value))}
              </Text>
            </div>
          ))}
        </SimpleGrid>
      )}
      {isAdmin ? (
        <>
          <Backups />
          <CarryAway />
        </>
      ) : (
        <Text size="sm">Admins make backups and export everything here.</Text>
      )}
      <Paper withBorder p="md" maw={860}>
        <Title order={2} size="h3">
          How long things are kept
        </Title>
        <List size="sm" mt={4} spacing={4}>
          <List.Item>Deleted records can be restored for 30 days; then they are purged, with their lines of the log.</List.Item>
          <List.Item>The log itself, which history and “as of” are read from, is kept.</List.Item>
          <List.Item>What automations did and webhooks delivered is shown for 30 days, background jobs for 5.</List.Item>
          <List.Item>
            Of the backups made here the newest three are kept. “Erase” on a person's page takes away at once what is known of them; in
            backups they are until you delete these.
          </List.Item>
          <List.Item>Secrets and passwords are stored as hashes only.</List.Item>
        </List>
      </Paper>
      <Group>
        <Title order={2} size="h3">
          Background jobs
        </Title>
      </Group>
      <Rows label="Background jobs" query={jobs} head={['Kind', 'State', 'Done', 'Added', 'Result']} empty="Nothing ran lately.">
        {job => (
          <Table.Tr key={job.uid}>
            <Table.Td>{job.kind}</Table.Td>
            <Table.Td>
              <Tone tone={job.state === 'failed' || job.state === 'rejected' ? 'bad' : job.state === 'completed' ? 'good' : 'idle'}>
                {job.state}
              </Tone>
            </Table.Td>
            <Table.Td className="tabular">
              {job.done}
              {job.total != null && ` of ${job.total}`}
            </Table.Td>
            <Table.Td>{job.added_at ? format.ago(job.added_at) : '–'}</Table.Td>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{String((job.result as { error?: unknown } | null)?.error ?? '–')}</Table.Td>
          </Table.Tr>
        )}
      </Rows>
    </Section>
  );
}
