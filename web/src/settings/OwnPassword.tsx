import { Button, Group, Paper, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api, ask } from '../api/client';
import { Problem } from '../api/problem';
import { useSession } from '../session/useSession';
import { notifyDone, notifyError } from '../ui/notify';

/** Changes the password of who is signed in. */
export const OwnPassword = () => {
  const { user } = useSession();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await ask(
        api.PUT('/api/v1/users/{id}/password', {
          params: { path: { id: user.id } },
          body: { password, ...(current ? { current_password: current } : {}) },
        }),
      );
      setErrors({});
      setCurrent('');
      setPassword('');
      notifyDone('Password changed. You stay signed in here only.');
    } catch (refused) {
      setErrors(refused instanceof Problem ? refused.fields : {});
      notifyError(refused);
    }
  };
  return (
    <Paper withBorder p="md" maw={720}>
      <form onSubmit={save}>
        <Group align="flex-end">
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            w={220}
            value={current}
            error={errors.current_password}
            onChange={event => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password"
            autoComplete="new-password"
            required
            minLength={10}
            w={220}
            value={password}
            error={errors.password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            Change the password
          </Button>
        </Group>
      </form>
    </Paper>
  );
};
