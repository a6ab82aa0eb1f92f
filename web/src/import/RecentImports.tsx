import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { useFormat } from '../ui/useFormat';

/** The last imports, with their reports and their way back. */
export const RecentImports = () => {
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['jobs', 'import'],
    queryFn: () => ask(api.GET('/api/v1/jobs', { params: { query: { kind: 'import', sort: ['-added_at'], limit: 5 } } })),
  });
  if (!data || data.data.length === 0) return null;
  return (
    <Stack gap={6} mt="md">
      <Title order={2} size="h3">
        Recent imports
      </Title>
      {data.data.map(job => (
        <Group key={job.uid} gap="sm">
          <Anchor component={Link} to={`/import/${job.uid}`} size="sm">
            {format.instant(job.added_at)}
          </Anchor>
          <Text size="sm" c="dimmed">
            {job.state} · {format.number(job.done)} rows
          </Text>
        </Group>
      ))}
    </Stack>
  );
};
