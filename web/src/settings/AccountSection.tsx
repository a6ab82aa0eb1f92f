import { Button, Group, Paper, PasswordInput, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { api, ask } from '../api/client';
import { Problem } from '../api/problem';
import { CurrencyPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { notifyDone, notifyError } from '../ui/notify';
import { useGiven } from '../ui/useGiven';
import { Section } from './Section';
import { SessionsOf } from './SessionsOf';
import { useAct } from './useAct';

const zones = Intl.supportedValuesOf('timeZone');
const locales = ['en', 'en-GB', 'en-US', 'de', 'de-AT', 'de-CH', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'sv', 'da', 'cs', 'ja', 'zh'];

/** Who I am, my password, and where I am signed in. */
export default function AccountSection() {
  const { user, signOut } = useSession();
  const act = useAct('session', 'users', 'sessions');
  const [given, set] = useGiven({
    name: user.name,
    email: user.email,
    locale: user.locale,
    time_zone: user.time_zone,
    default_currency: user.default_currency,
  });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    await act(() => ask(api.PATCH('/api/v1/users/{id}', { params: { path: { id: user.id } }, body: given })), 'Saved.');
  };
  return (
    <Section title="You" lead="How you are called, and how numbers, money and dates are written for you.">
      <Paper withBorder p="md" maw={720}>
        <form onSubmit={save}>
          <Stack gap="sm">
            <TextInput label="Name" required value={given.name} onChange={event => set({ name: event.currentTarget.value })} />
            <TextInput
              label="E-mail"
              type="email"
              required
              value={given.email}
              onChange={event => set({ email: event.currentTarget.value })}
            />
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <Select
                label="Language and region"
                searchable
                value={given.locale}
                data={[...new Set([...locales, given.locale])]}
                onChange={locale => set({ locale: locale ?? 'en' })}
              />
              <Select
                label="Time zone"
                searchable
                value={given.time_zone}
                data={[...new Set(['UTC', ...zones, given.time_zone])]}
                onChange={zone => set({ time_zone: zone ?? 'UTC' })}
              />
              <CurrencyPicker
                label="Currency of new deals"
                value={given.default_currency}
                onChange={currency => set({ default_currency: currency ?? given.default_currency })}
              />
            </SimpleGrid>
            <Button type="submit" w="fit-content">
              Save
            </Button>
          </Stack>
        </form>
      </Paper>
      <Password />
      <Group justify="space-between">
        <Title order={2} size="h3">
          Where you are signed in
        </Title>
        <Group gap="xs">
          <Button
            variant="default"
            onClick={() =>
              void act(() => ask(api.DELETE('/api/v1/sessions', { params: { query: { keep_this: true } } })), 'Signed out everywhere else.')
            }
          >
            Sign out everywhere else
          </Button>
          <Button
            variant="default"
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={() => void ask(api.DELETE('/api/v1/sessions', {})).then(signOut, signOut)}
          >
            Sign out everywhere
          </Button>
        </Group>
      </Group>
      <SessionsOf userId={user.id} />
    </Section>
  );
}

const Password = () => {
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
