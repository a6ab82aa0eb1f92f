import { Button, Menu, Switch, Table, Text } from '@mantine/core';
import { IconGauge, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useFormat } from '../ui/useFormat';
import { CredentialChange, CredentialMenu } from './Credentials';
import { KeyBudget } from './KeyBudget';
import { type Created, type Key, NewKey } from './NewKey';
import { dialectName, scopesText } from './names';
import { Rows } from './Rows';
import { Secret, type Shown } from './Secret';
import { Section } from './Section';

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
            <Table.Td maw={220}>{scopesText(key.scopes)}</Table.Td>
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
