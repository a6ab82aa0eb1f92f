import { Button, Menu, Select, Switch, Table, TagsInput, Text } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconGauge, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { UserPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { useFormat } from '../ui/useFormat';
import { useGiven } from '../ui/useGiven';
import { CredentialChange, CredentialMenu, ScopesPicker } from './Credentials';
import { KeyBudget } from './KeyBudget';
import { NameField } from './NameField';
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
              <CredentialMenu
                name={key.name}
                isRevoked={key.revoked_at != null}
                rotate="Give it another text…"
                onAsk={what => setAsked({ what, key })}
              >
                <Menu.Item leftSection={<IconGauge size={15} aria-hidden />} onClick={() => setAsked({ what: 'budget', key })}>
                  Name, use and budget…
                </Menu.Item>
              </CredentialMenu>
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
      {asked?.what === 'new' && <NewKey onClose={() => setAsked(null)} onMade={key => setShown(shownOf(key))} />}
      {asked?.what === 'budget' && <KeyBudget apiKey={asked.key} onClose={() => setAsked(null)} />}
      {(asked?.what === 'rotate' || asked?.what === 'revoke') && (
        <CredentialChange
          what={asked.what}
          name={asked.key.name}
          part="text"
          keys={['keys']}
          onClose={() => setAsked(null)}
          onRevoke={() => ask(api.DELETE('/api/v1/keys/{id}', { params: { path: { id: asked.key.id } } }))}
          onRotate={async () =>
            setShown(shownOf(await ask(api.POST('/api/v1/keys/{id}/rotate', { params: { path: { id: asked.key.id } } }))))
          }
        />
      )}
      {shown && <Secret shown={shown} onClose={() => setShown(null)} />}
    </Section>
  );
}

const NewKey = ({ onClose, onMade }: { onClose: () => void; onMade: (key: Created) => void }) => {
  const { user, isAdmin } = useSession();
  const [given, set] = useGiven({
    name: '',
    dialect: 'native' as Key['dialect'],
    user_id: user.id,
    scopes: ['*'],
    allowed_ips: [] as string[],
    expires: null as string | null,
  });
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
          <NameField description="What it is for" value={given.name} error={errors.name} onChange={name => set({ name })} />
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
          <ScopesPicker value={given.scopes} error={errors.scopes} onChange={next => set({ scopes: next })} />
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
