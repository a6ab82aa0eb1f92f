import { Button, Group, Paper, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { api, ask } from '../api/client';
import { CurrencyPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { useGiven } from '../ui/useGiven';
import { OwnPassword } from './OwnPassword';
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
      <OwnPassword />
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
