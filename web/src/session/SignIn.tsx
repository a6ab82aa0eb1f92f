import { Alert, Button, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ask } from '../api/client';
import { explain, Problem } from '../api/problem';
import { Entrance } from './Entrance';

export default function SignIn() {
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [workspaces, setWorkspaces] = useState<{ value: string; label: string }[]>([]);
  const [workspace, setWorkspace] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const session = await ask(api.POST('/api/v1/session', { body: { email, password, ...(workspace ? { workspace } : {}) } }));
      queries.setQueryData(['session'], session);
    } catch (refused) {
      // The address and password open several workspaces: one line for each, its uid before its name.
      const several = refused instanceof Problem ? refused.errors.filter(one => one.field === 'workspace') : [];
      if (several.length > 1) setWorkspaces(several.map(one => ({ value: one.message.slice(0, 36), label: one.message.slice(37) })));
      else setError(explain(refused));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Entrance title="Sign in" lead="Tributary: your pipeline, on your own server.">
      <form onSubmit={submit}>
        <Stack>
          {error && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={event => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
          />
          {workspaces.length > 0 && (
            <Select
              label="Workspace"
              description="Your address is known in several."
              data={workspaces}
              value={workspace}
              onChange={setWorkspace}
              required
            />
          )}
          <Button type="submit" size="md" loading={busy} disabled={workspaces.length > 0 && !workspace}>
            Sign in
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
