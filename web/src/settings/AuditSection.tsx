import { Button, Code, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { ApiEvent } from '../api/types';
import { whoDid } from '../past/words';
import { UserPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { Forbidden } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { dialectName, dialects } from './names';
import { Rows } from './Rows';
import { Section } from './Section';

/** A value of a change, short enough for a row. */
export const brief = (value: unknown) => {
  if (value === null || value === undefined || value === '') return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

/** Who did what, when and through what: the log, newest first. */
export default function AuditSection() {
  const { isAdmin } = useSession();
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | number | null) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        if (value === null || value === '') next.delete(name);
        else next.set(name, String(value));
        return next;
      },
      { replace: true },
    );
  const given = (name: string) => params.get(name) ?? undefined;
  const filter = {
    actor_id: Number(params.get('actor')) || undefined,
    dialect: given('through'),
    subject: given('subject'),
    action: given('action'),
    since: params.get('since') ? `${params.get('since')}T00:00:00Z` : undefined,
    until: params.get('until') ? `${params.get('until')}T23:59:59Z` : undefined,
  };
  const query = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/events/newest', { params: { query: { ...filter, limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => (page.has_more ? (page.next_cursor ?? undefined) : undefined),
    enabled: isAdmin,
  });
  if (!isAdmin) return <Forbidden>The audit log is for admins.</Forbidden>;
  const rows = query.data?.pages.flatMap(page => page.data) ?? [];
  return (
    <Section
      title="Audit log"
      lead="Every write appends a line, in the same transaction. Lines are never changed; only purging a record for good takes its lines away."
    >
      <Group gap="xs">
        <UserPicker
          aria-label="Who"
          placeholder="Anybody"
          clearable
          w={170}
          value={filter.actor_id ?? null}
          onChange={id => set('actor', id)}
        />
        <Select
          aria-label="Through"
          placeholder="Through anything"
          clearable
          w={170}
          value={filter.dialect ?? null}
          onChange={value => set('through', value)}
          data={Object.entries(dialects).map(([value, label]) => ({ value, label }))}
        />
        <TextInput
          aria-label="Kind of record"
          placeholder="Kind: deal, stage…"
          w={160}
          defaultValue={filter.subject}
          onBlur={event => set('subject', event.currentTarget.value.trim())}
          onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <TextInput
          aria-label="Action"
          placeholder="Action: deleted…"
          w={150}
          defaultValue={filter.action}
          onBlur={event => set('action', event.currentTarget.value.trim())}
          onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <DateInput
          aria-label="Since"
          placeholder="Since"
          clearable
          valueFormat="YYYY-MM-DD"
          w={130}
          value={params.get('since')}
          onChange={day => set('since', day)}
        />
        <DateInput
          aria-label="Until"
          placeholder="Until"
          clearable
          valueFormat="YYYY-MM-DD"
          w={130}
          value={params.get('until')}
          onChange={day => set('until', day)}
        />
      </Group>
      <Rows
        label="Audit log"
        query={{ ...query, data: query.data && { data: rows } }}
        head={['When', 'Who', 'Through', 'What', 'Changes']}
        empty="Nothing matches."
      >
        {event => <Line key={event.id} event={event} />}
      </Rows>
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Older
        </Button>
      )}
    </Section>
  );
}

const Line = ({ event }: { event: ApiEvent }) => {
  const catalog = useCatalog();
  const format = useFormat();
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{format.instant(event.at)}</Table.Td>
      <Table.Td>{whoDid(event, catalog)}</Table.Td>
      <Table.Td>
        {dialectName(event.dialect)}
        {event.key_id != null && (
          <Text size="xs" c="dimmed">
            key {event.key_id}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {event.subject.replaceAll('_', ' ')}{' '}
        {event.subject === 'deal' ? <Link to={`/deals/${event.subject_id}`}>{event.subject_id}</Link> : event.subject_id}{' '}
        {event.action.replaceAll('_', ' ')}
      </Table.Td>
      <Table.Td>
        {(event.changes.length > 0 || event.note) && (
          <Stack gap={2}>
            {event.changes.slice(0, 4).map(change => (
              <Text key={change.field} size="xs" style={{ overflowWrap: 'anywhere' }}>
                <Code fz={11}>{change.field}</Code> {brief(change.old)} → {brief(change.new)}
              </Text>
            ))}
            {event.changes.length > 4 && (
              <Text size="xs" c="dimmed">
                and {event.changes.length - 4} more
              </Text>
            )}
            {event.note && <Text size="xs">{event.note}</Text>}
          </Stack>
        )}
      </Table.Td>
    </Table.Tr>
  );
};
