import { Button, Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { Rows } from './Rows';
import { useAct } from './useAct';

/** "Firefox on Linux" of what a browser calls itself. */
export const browserName = (agent: string | null | undefined) => {
  if (!agent) return 'Unknown browser';
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrome\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : agent.slice(0, 40);
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iOS'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS/.test(agent)
          ? 'macOS'
          : /Linux/.test(agent)
            ? 'Linux'
            : null;
  return system ? `${browser} on ${system}` : browser;
};

/** Where somebody is signed in, each to be ended. */
export const SessionsOf = ({ userId }: { userId: number }) => {
  const format = useFormat();
  const act = useAct('sessions');
  const query = useQuery({
    queryKey: ['sessions', userId],
    queryFn: () => ask(api.GET('/api/v1/sessions', { params: { query: { user_id: userId, limit: 200 } } })),
  });
  return (
    <Rows label="Sessions" query={query} head={['Browser', 'Address', 'Signed in', 'Last used', '']} empty="Not signed in anywhere.">
      {session => (
        <Table.Tr key={session.id}>
          <Table.Td>
            {browserName(session.user_agent)} {session.is_current && <Tone>This one</Tone>}
          </Table.Td>
          <Table.Td>{session.address ?? '–'}</Table.Td>
          <Table.Td>{format.instant(session.added_at)}</Table.Td>
          <Table.Td>{session.last_used_at ? format.ago(session.last_used_at) : '–'}</Table.Td>
          <Table.Td>
            {!session.is_current && (
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                c="var(--t-lost)"
                onClick={() =>
                  void act(() => ask(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id: session.id } } })), 'Signed out there.')
                }
              >
                Sign out
              </Button>
            )}
          </Table.Td>
        </Table.Tr>
      )}
    </Rows>
  );
};
