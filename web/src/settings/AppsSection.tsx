import { Button, Table, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useFormat } from '../ui/useFormat';
import { CredentialChange, CredentialMenu } from './Credentials';
import { type App, type Created, NewApp } from './NewApp';
import { dialectName, scopesText } from './names';
import { Rows } from './Rows';
import { Secret, type Shown } from './Secret';
import { Section } from './Section';
import { useAct } from './useAct';

type Asked = { what: 'new' } | { what: 'rotate' | 'revoke'; app: App } | null;

const shownOf = (app: Created): Shown => ({
  title: `The app “${app.name}”`,
  parts: [
    { label: 'Client id', text: app.client_id },
    { label: 'Client secret', text: app.client_secret },
  ],
});

/** Programs that sign in by OAuth, and what users have allowed them. */
export default function AppsSection() {
  const catalog = useCatalog();
  const format = useFormat();
  const act = useAct('grants');
  const [asked, setAsked] = useState<Asked>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const apps = useQuery({ queryKey: ['apps'], queryFn: () => ask(api.GET('/api/v1/apps', { params: { query: { limit: 500 } } })) });
  const grants = useQuery({ queryKey: ['grants'], queryFn: () => ask(api.GET('/api/v1/grants', { params: { query: { limit: 500 } } })) });
  return (
    <Section
      title="Apps"
      lead="cPod's apps act for themselves by client credentials, and see only their own deals. Pipedrive's apps act for users who allow it."
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked({ what: 'new' })}>
          App
        </Button>
      }
    >
      <Rows label="Apps" query={apps} head={['Name', 'API', 'Client id', 'Scopes', 'Added', '']} empty="None is registered.">
        {app => (
          <Table.Tr key={app.id}>
            <Table.Td fw={600}>{app.name}</Table.Td>
            <Table.Td>{dialectName(app.dialect)}</Table.Td>
            <Table.Td ff="monospace" fz="xs">
              {app.client_id}
            </Table.Td>
            <Table.Td maw={240}>{scopesText(app.scopes)}</Table.Td>
            <Table.Td>{app.added_at ? format.ago(app.added_at) : '–'}</Table.Td>
            <Table.Td>
              <CredentialMenu
                name={app.name}
                isRevoked={app.revoked_at != null}
                rotate="Give it another secret…"
                onAsk={what => setAsked({ what, app })}
              />
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
      <Title order={2} size="h3">
        What users have allowed
      </Title>
      <Rows
        label="Grants"
        none="No permissions yet"
        query={grants}
        head={['App', 'Acts for', 'Scopes', 'Until', '']}
        empty="Nobody has allowed an app to act for them."
      >
        {grant => (
          <Table.Tr key={grant.id}>
            <Table.Td>{apps.data?.data.find(app => app.id === grant.app_id)?.name ?? `App ${grant.app_id}`}</Table.Td>
            <Table.Td>{catalog.user(grant.user_id)?.name}</Table.Td>
            <Table.Td>{scopesText(grant.scopes)}</Table.Td>
            <Table.Td>{format.instant(grant.expires_at)}</Table.Td>
            <Table.Td>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                c="var(--t-lost)"
                onClick={() =>
                  void act(() => ask(api.DELETE('/api/v1/grants/{id}', { params: { path: { id: grant.id } } })), 'Taken back.')
                }
              >
                Take back
              </Button>
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
      {asked?.what === 'new' && <NewApp onClose={() => setAsked(null)} onMade={app => setShown(shownOf(app))} />}
      {asked && asked.what !== 'new' && (
        <CredentialChange
          what={asked.what}
          name={asked.app.name}
          part="secret"
          keys={['apps', 'grants']}
          onClose={() => setAsked(null)}
          onRevoke={() => ask(api.DELETE('/api/v1/apps/{id}', { params: { path: { id: asked.app.id } } }))}
          onRotate={async () =>
            setShown(shownOf(await ask(api.POST('/api/v1/apps/{id}/rotate', { params: { path: { id: asked.app.id } } }))))
          }
        />
      )}
      {shown && <Secret shown={shown} onClose={() => setShown(null)} />}
    </Section>
  );
}
