import { PasswordInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { User } from '../api/types';
import { useGroups } from '../scope/useScope';
import { FormModal } from '../ui/FormModal';
import { useGiven } from '../ui/useGiven';
import { NameField } from './NameField';
import { roles } from './names';

/** Who somebody is, and what they may do. */
export const UserForm = ({ user, onClose }: { user: User | null; onClose: () => void }) => {
  const groups = useGroups();
  const [given, set] = useGiven({
    name: user?.name ?? '',
    email: user?.email ?? '',
    role: user?.role ?? ('member' as User['role']),
    group_id: user?.group_id ?? null,
  });
  const [password, setPassword] = useState('');
  const send = async () => {
    if (user) return ask(api.PATCH('/api/v1/users/{id}', { params: { path: { id: user.id } }, body: { ...given, version: user.version } }));
    const made = await ask(api.POST('/api/v1/users', { body: given }));
    if (password) await ask(api.PUT('/api/v1/users/{id}/password', { params: { path: { id: made.id } }, body: { password } }));
  };
  return (
    <FormModal
      title={user ? `Change ${user.name}` : 'New user'}
      keys={['users', 'session']}
      done={`${given.name} saved.`}
      onClose={onClose}
      onSubmit={send}
    >
      {errors => (
        <>
          <NameField value={given.name} error={errors.name} onChange={name => set({ name })} />
          <TextInput
            label="E-mail"
            type="email"
            required
            value={given.email}
            error={errors.email}
            onChange={event => set({ email: event.currentTarget.value })}
          />
          <Select
            label="Role"
            allowDeselect={false}
            description={roles.find(role => role.value === given.role)?.text}
            value={given.role}
            error={errors.role}
            onChange={role => set({ role: (role ?? 'member') as User['role'] })}
            data={roles.map(role => ({ value: role.value, label: role.label }))}
          />
          <Select
            label="Team"
            clearable
            value={given.group_id == null ? null : String(given.group_id)}
            error={errors.group_id}
            onChange={id => set({ group_id: id ? Number(id) : null })}
            data={groups.map(group => ({ value: String(group.id), label: group.name }))}
          />
          {!user && (
            <PasswordInput
              label="First password"
              description="10 characters or more; without one they cannot sign in to the web app yet"
              autoComplete="new-password"
              value={password}
              error={errors.password}
              onChange={event => setPassword(event.currentTarget.value)}
            />
          )}
        </>
      )}
    </FormModal>
  );
};
