import { ActionIcon, Button, Menu, MultiSelect, Select, Switch, Table, TagsInput, Text, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconDots, IconGauge, IconPlus, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { UserPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { FormModal } from './FormModal';
import { KeyBudget } from './KeyBudget';
import { dialectName, scopes } from './names';
import { Rows } from './Rows';
import { Secret, type Shown } from './Secret';
import { Section } from './Section';

type Key = components['schemas']['ApiKey'];
type Created = components['schemas']['CreatedApiKey'];
type Asked = { what: 'new' } | { what: 'rotate' | 'revoke' | 'budget'; key: Key } | null;

const shownOf = (key: Created): Shown => ({
  title: `The key “${key.name}”`,
  parts: [{ label: 'Key', text: key.token }, ...(key.secret ? [{ label: 'Secret', text: key.secret }] : [])],
  note:
    key.dialect === 'native' ? 'Send it as “Authorization: Bearer …” to /api/v1.' : `It opens the ${dialectName(key.dialect)} API only.`,
});

/** The keys that open the APIs. */
export default function KeysSection() {
  const catalog = useCatalog();
  const format = useFormat();
  const [revoked, setRevoked] = useState(false);
  const [asked, setAsked] = useState<Asked>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const query = useQuery({
    queryKey: ['keys', revoked],
    queryFn: () => ask(api.GET('/api/v1/keys', { params: { query: { limit: 500, is_revoked: revoked ? undefined : false } } })),
  });
  return (
    <Section
      title="API keys"
      lead="A key opens one API for one user, within its scopes, from its addresses, until it expires. Admins see everyone's keys, others their own."
      actions={
        <>
          <Switch label="Also revoked ones" checked={revoked} onChange={event => setRevoked(event.currentTarget.checked)} />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked({ what: 'new' })}>
            Key
          </Button>
        </>
      }
    >
      <Rows
        label="API keys"
        query={query}
        head={['Name', 'API', 'Acts for', 'Scopes', 'Addresses', 'Budget a day', 'Expires', 'Last used', '']}
        empty="Make one to let a program in."
      >
        {key => (
          <Table.Tr key={key.id}>
            <Table.Td>
              <Text size="sm" fw={600}>
                {key.name}
              </Text>
              <Text size="xs" c="dimmed" ff="monospace">
                {key.prefix}…
              </Text>
            </Table.Td>
            <Table.Td>{dialectName(key.dialect)}</Table.Td>
            <Table.Td>{catalog.user(key.user_id)?.name ?? 'Somebody'}</Table.Td>
            <Table.Td maw={220}>{key.scopes.map(scope => scopes.find(one => one.value === scope)?.label ?? scope).join(', ')}</Table.Td>
            <Table.Td>{key.allowed_ips.length > 0 ? key.allowed_ips.join(', ') : 'anywhere'}</Table.Td>
            <Table.Td className="tabular">{key.daily_budget == null ? '–' : format.number(key.daily_budget)}</Table.Td>
            <Table.Td>{key.expires_at ? format.day(format.dayOfInstant(key.expires_at)) : 'never'}</Table.Td>
            <Table.Td>{key.last_used_at ? format.ago(key.last_used_at) : 'never'}</Table.Td>
            <Table.Td>
              {key.revoked_at ? (
                <Tone>Revoked</Tone>
              ) : (
                <Menu position="bottom-end">
                  <Menu.Target>
                    <ActionIcon variant="subtle" color="gray" aria-label={`More for ${key.name}`}>
                      <IconDots size={16} aria-hidden />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<IconGauge size={15} aria-hidden />} onClick={() => setAsked({ what: 'budget', key })}>
                      Name, use and budget…
                    </Menu.Item>
                    <Menu.Item leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => setAsked({ what: 'rotate', key })}>
                      Give it another text…
                    </Menu.Item>
                    <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={() => setAsked({ what: 'revoke', key })}>
                      Revoke…
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              )}
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
      {asked?.what === 'new' && <NewKey onClose={() => setAsked(null)} onMade={key => setShown(shownOf(key))} />}
      {asked?.what === 'budget' && <KeyBudget apiKey={asked.key} onClose={() => setAsked(null)} />}
      {(asked?.what === 'rotate' || asked?.what === 'revoke') && (
        <FormModal
          title={asked.what === 'revoke' ? `Revoke ${asked.key.name}?` : `Give ${asked.key.name} another text?`}
          submit={asked.what === 'revoke' ? 'Revoke for good' : 'Replace'}
          danger
          keys={['keys']}
          done={asked.what === 'revoke' ? `${asked.key.name} revoked.` : undefined}
          onClose={() => setAsked(null)}
          onSubmit={async () => {
            const params = { path: { id: asked.key.id } };
            if (asked.what === 'revoke') return ask(api.DELETE('/api/v1/keys/{id}', { params }));
            setShown(shownOf(await ask(api.POST('/api/v1/keys/{id}/rotate', { params }))));
          }}
        >
          {() => <Text size="sm">Whatever uses it now stops working at once.</Text>}
        </FormModal>
      )}
      {shown && <Secret shown={shown} onClose={() => setShown(null)} />}
    </Section>
  );
}

const NewKey = ({ onClose, onMade }: { onClose: () => void; onMade: (key: Created) => void }) => {
  const { user, isAdmin } = useSession();
  const [given, setGiven] = useState({
    name: '',
    dialect: 'native' as Key['dialect'],
    user_id: user.id,
    scopes: ['*'],
    allowed_ips: [] as string[],
    expires: null as string | null,
  });
  const set = (part: Partial<typeof given>) => setGiven(before => ({ ...before, ...part }));
  const make = async () => {
    const { expires, allowed_ips, ...rest } = given;
    const body = {
      ...rest,
      ...(allowed_ips.length > 0 ? { allowed_ips } : {}),
      ...(expires ? { expires_at: `${expires}T23:59:59Z` } : {}),
    };
    onMade(await ask(api.POST('/api/v1/keys', { body })));
  };
  return (
    <FormModal title="New API key" submit="Make the key" keys={['keys']} onClose={onClose} onSubmit={make}>
      {errors => (
        <>
          <TextInput
            label="Name"
            description="What it is for"
            required
            data-autofocus
            value={given.name}
            error={errors.name}
            onChange={event => set({ name: event.currentTarget.value })}
          />
          <Select
            label="API"
            description="cPod's credentials are apps"
            allowDeselect={false}
            value={given.dialect}
            error={errors.dialect}
            onChange={dialect => set({ dialect: (dialect ?? 'native') as Key['dialect'] })}
            data={(['native', 'pipedrive', 'automatenexus', 'switch', 'ysuite'] as const).map(value => ({
              value,
              label: dialectName(value),
            }))}
          />
          {isAdmin && (
            <UserPicker label="Acts for" value={given.user_id} onChange={id => set({ user_id: id ?? user.id })} error={errors.user_id} />
          )}
          <MultiSelect
            label="Scopes"
            searchable
            value={given.scopes}
            error={errors.scopes}
            onChange={next => set({ scopes: next })}
            data={scopes}
          />
          <TagsInput
            label="Addresses or networks"
            placeholder="anywhere"
            description="For example 192.0.2.0/24"
            value={given.allowed_ips}
            error={errors.allowed_ips}
            onChange={next => set({ allowed_ips: next })}
          />
          <DateInput
            label="Expires"
            placeholder="never"
            clearable
            valueFormat="YYYY-MM-DD"
            value={given.expires}
            error={errors.expires_at}
            onChange={next => set({ expires: next })}
          />
        </>
      )}
    </FormModal>
  );
};
