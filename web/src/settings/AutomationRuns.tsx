import { Button, Group, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { useNames } from '../api/names';
import { useSession } from '../session/useSession';
import type { Format } from '../ui/format';
import { Tone, type ToneName } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import type { Automation } from './automations';
import { Rows } from './Rows';
import { type Run, RunSteps } from './RunSteps';
import { TestRun } from './TestRun';

const states: { value: string; label: string; tone: ToneName }[] = [
  { value: 'waiting', label: 'Waiting', tone: 'idle' },
  { value: 'done', label: 'Done', tone: 'good' },
  { value: 'refused', label: 'Refused', tone: 'bad' },
  { value: 'skipped', label: 'Skipped', tone: 'idle' },
  { value: 'failed', label: 'Failed', tone: 'bad' },
];

/** What it would do with a deal, and what it did. */
export const AutomationRuns = ({ automation }: { automation: Automation }) => {
  const format = useFormat();
  const { mayManage } = useSession();
  const [state, setState] = useState<string | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['automations', automation.id, 'runs', state],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/v1/automations/{id}/runs', {
          params: {
            path: { id: automation.id },
            query: { limit: 30, cursor: pageParam, state: (state ?? undefined) as Run['state'] | undefined },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.next_cursor ?? undefined,
    refetchInterval: 5000,
  });
  const rows = query.data?.pages.flatMap(page => page.data) ?? [];
  const deals = useNames(
    'deal',
    rows.map(run => run.deal_id),
  );
  return (
    <Stack maw={1000}>
      {mayManage && <TestRun automation={automation} />}
      <Group justify="space-between">
        <Title order={2} size="h3">
          Runs of the last 30 days
        </Title>
        <Select aria-label="State of runs" placeholder="All runs" clearable w={150} value={state} onChange={setState} data={states} />
      </Group>
      <Rows
        label="Runs"
        query={{ ...query, data: query.data && { data: rows } }}
        head={['Deal', 'Started by', 'State', 'What happened', 'When']}
        onClear={state ? () => setState(null) : undefined}
        empty="It has not run yet."
      >
        {run => (
          <Table.Tr key={run.id}>
            <Table.Td>
              <Link to={`/deals/${run.deal_id}`}>
                <bdi>{deals.get(run.deal_id) ?? `Deal ${run.deal_id}`}</bdi>
              </Link>
            </Table.Td>
            <Table.Td>{started(run.reason, format)}</Table.Td>
            <Table.Td>
              <Tone tone={states.find(one => one.value === run.state)?.tone}>{states.find(one => one.value === run.state)?.label}</Tone>
            </Table.Td>
            <Table.Td>
              {run.message && <Text size="xs">{run.message}</Text>}
              <RunSteps steps={run.steps} />
            </Table.Td>
            <Table.Td>{format.instant(run.ended_at ?? run.added_at)}</Table.Td>
          </Table.Tr>
        )}
      </Rows>
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Older runs
        </Button>
      )}
    </Stack>
  );
};

/** "event 17", "rotten 2026-11-20" and "date 2026-11-20" as people say it. */
const started = (reason: string, format: Format) => {
  const [kind, what] = reason.split(' ');
  if (kind === 'event') return 'A change';
  return kind === 'rotten' ? `Rotting since ${format.day(what)}` : format.day(what);
};
