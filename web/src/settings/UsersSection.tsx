import { Button, Menu, Switch, Table } from '@mantine/core';
import { IconEye, IconKey, IconLogout, IconPencil, IconPlus, IconUserOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { User } from '../api/types';
import { useGroups } from '../scope/useScope';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { RowMenu } from '../ui/RowMenu';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { roles } from './names';
import { PasswordForm } from './PasswordForm';
import { Rows } from './Rows';
import { Section } from './Section';
import { Seen } from './Seen';
import { SessionsOf } from './SessionsOf';
import { UserForm } from './UserForm';
import { useAct } from './useAct';

type Asked = { what: 'new' } | { what: 'edit' | 'password' | 'sessions' | 'seen'; user: User } | null;

/** Who works here. */
export default function UsersSection() {
  const { isAdmin, user: me } = useSession();
  const format = useFormat();
  const groups = useGroups();
  const act = useAct('users', 'sessions');
  const [asked, setAsked] = useState<Asked>(null);
  const [inactive, setInactive] = useState(false);
  const query = useQuery({
    queryKey: ['users', 'all'],
    queryFn: () => ask(api.GET('/api/v1/users', { params: { query: { limit: 500, sort: ['name'] } } })),
  });
  const setActive = (user: User, is_active: boolean) =>
    ask(api.PATCH('/api/v1/users/{id}', { params: { path: { id: user.id } }, body: { is_active } }));
  return (
    <Section
      title="Users"
      lead="What somebody owns stays theirs when they are deactivated; their sessions and keys open nothing any more."
      actions={
        <>
          <Switch label="Also deactivated" checked={inactive} onChange={event => setInactive(event.currentTarget.checked)} />
          {isAdmin && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked({ what: 'new' })}>
              User
            </Button>
          )}
        </>
      }
    >
      <Rows
        label="Users"
        query={query}
        rows={query.data?.data.filter(user => user.is_active || inactive)}
        head={['Name', 'E-mail', 'Role', 'Team', 'Last sign-in', '']}
        empty="Nobody."
      >
        {user => (
          <Table.Tr key={user.id}>
            <Table.Td fw={600}>
              {user.name}
              {user.id === me.id && ' (you)'} {!user.is_active && <Tone>Deactivated</Tone>}
            </Table.Td>
            <Table.Td>{user.email}</Table.Td>
            <Table.Td>{roles.find(role => role.value === user.role)?.label}</Table.Td>
            <Table.Td>{groups.find(group => group.id === user.group_id)?.name ?? '–'}</Table.Td>
            <Table.Td>{user.last_login_at ? format.ago(user.last_login_at) : 'never'}</Table.Td>
            <Table.Td>
              {isAdmin && (
                <RowMenu name={user.name}>
                  <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={() => setAsked({ what: 'edit', user })}>
                    Change…
                  </Menu.Item>
                  <Menu.Item leftSection={<IconEye size={15} aria-hidden />} onClick={() => setAsked({ what: 'seen', user })}>
                    Show what they see…
                  </Menu.Item>
                  <Menu.Item leftSection={<IconKey size={15} aria-hidden />} onClick={() => setAsked({ what: 'password', user })}>
                    Set a password…
                  </Menu.Item>
                  <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={() => setAsked({ what: 'sessions', user })}>
                    Sessions…
                  </Menu.Item>
                  {user.id !== me.id && (
                    <Menu.Item
                      leftSection={<IconUserOff size={15} aria-hidden />}
                      onClick={() =>
                        void act(
                          () => setActive(user, !user.is_active),
                          `${user.name} ${user.is_active ? 'deactivated' : 'is back'}.`,
                          () => setActive(user, user.is_active),
                        )
                      }
                    >
                      {user.is_active ? 'Deactivate' : 'Activate'}
                    </Menu.Item>
                  )}
                </RowMenu>
              )}
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
      {asked?.what === 'new' && <UserForm user={null} onClose={() => setAsked(null)} />}
      {asked?.what === 'edit' && <UserForm user={asked.user} onClose={() => setAsked(null)} />}
      {asked?.what === 'password' && <PasswordForm user={asked.user} onClose={() => setAsked(null)} />}
      {asked?.what === 'seen' && <Seen user={asked.user} onClose={() => setAsked(null)} />}
      {asked?.what === 'sessions' && (
        <FormModal
          title={`Sessions of ${asked.user.name}`}
          size="lg"
          submit="Done"
          keys={[]}
          onClose={() => setAsked(null)}
          onSubmit={async () => {}}
        >
          {() => <SessionsOf userId={asked.user.id} />}
        </FormModal>
      )}
    </Section>
  );
}
