import { Alert, Button, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, ask } from '../api/client';
import { explain, Problem } from '../api/problem';
import { Entrance } from './Entrance';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = Intl.supportedValuesOf('timeZone');
const currencies = Intl.supportedValuesOf('currency');

/** The first visit to an empty installation. */
export default function SetUp() {
  const queries = useQueryClient();
  const [given, setGiven] = useState({
    workspace: '',
    name: '',
    email: '',
    password: '',
    base_currency: 'USD',
    time_zone: zones.includes(zone) ? zone : 'UTC',
  });
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const fields = problem instanceof Problem ? problem.fields : {};
  const set = (name: keyof typeof given) => (value: string) => setGiven(before => ({ ...before, [name]: value }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      queries.setQueryData(['session'], await ask(api.POST('/api/v1/setup', { body: { ...given, locale: navigator.language } })));
    } catch (refused) {
      setProblem(refused);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Entrance title="Welcome" lead="Nobody uses this installation yet. You become its first admin.">
      <form onSubmit={submit}>
        <Stack>
          {problem !== null && Object.keys(fields).length === 0 && (
            <Alert color="red" role="alert">
              {explain(problem)}
            </Alert>
          )}
          <TextInput
            label="Company or team"
            required
            autoFocus
            value={given.workspace}
            error={fields.workspace}
            onChange={event => set('workspace')(event.currentTarget.value)}
          />
          <TextInput
            label="Your name"
            autoComplete="name"
            required
            value={given.name}
            error={fields.name}
            onChange={event => set('name')(event.currentTarget.value)}
          />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            required
            value={given.email}
            error={fields.email}
            onChange={event => set('email')(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            description="10 characters or more"
            autoComplete="new-password"
            required
            minLength={10}
            value={given.password}
            error={fields.password}
            onChange={event => set('password')(event.currentTarget.value)}
          />
          <Group grow align="flex-start">
            <Select
              label="Currency"
              searchable
              data={currencies}
              value={given.base_currency}
              error={fields.base_currency}
              onChange={value => set('base_currency')(value ?? 'USD')}
            />
            <Select
              label="Time zone"
              searchable
              data={zones}
              value={given.time_zone}
              error={fields.time_zone}
              onChange={value => set('time_zone')(value ?? 'UTC')}
            />
          </Group>
          <Button type="submit" size="md" loading={busy}>
            Begin
          </Button>
        </Stack>
      </form>
    </Entrance>
  );
}
