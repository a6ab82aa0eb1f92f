import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { antiForgeryHeaders } from '../api/client';
import { useSession } from '../session/useSession';
import { bearer, type DialectName, headersOf } from './dialects';

export type SandboxWorkspace = { key: string; name: string; uid: string; credentials: Record<string, Record<string, string>> };
export type Sandbox = { workspaces: SandboxWorkspace[] };
export type Credential = { label: string; headers: Record<string, string>; withCookie?: boolean; app?: { id: string; secret: string } };

/** What a sandbox tells of itself; none elsewhere. */
export const useSandbox = () => {
  const { isSandbox } = useSession();
  return useQuery({
    queryKey: ['sandbox', 'fixtures'],
    queryFn: async (): Promise<Sandbox | null> => {
      const response = await fetch('/_sandbox');
      return response.ok && response.headers.get('content-type')?.includes('json') ? response.json() : null;
    },
    enabled: isSandbox,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
};

const known: Record<DialectName, (given: Record<string, string>) => Credential[]> = {
  native: c => [
    { label: 'Admin', headers: bearer(c.token ?? '') },
    { label: 'Reader', headers: bearer(c.reader_token ?? '') },
  ],
  pipedrive: c => [
    { label: 'Admin', headers: { 'x-api-token': c.token ?? '' } },
    { label: 'Seller', headers: { 'x-api-token': c.user_token ?? '' } },
  ],
  automatenexus: c => [
    { label: 'Full', headers: bearer(c.full ?? '') },
    { label: 'Read only', headers: bearer(c.readonly ?? '') },
  ],
  switch: c => [
    { label: 'Full', headers: bearer(c.full ?? '') },
    { label: 'Read only', headers: bearer(c.readonly ?? '') },
  ],
  cpod: c => [
    { label: 'App 1', headers: {}, app: { id: c.client_id ?? '', secret: c.client_secret ?? '' } },
    { label: 'App 2', headers: {}, app: { id: c.app2_id ?? '', secret: c.app2_secret ?? '' } },
  ],
  ysuite: c => [{ label: 'Key', headers: { 'x-ysuite-access-key': c.access ?? '', 'x-ysuite-secret-key': c.secret ?? '' } }],
};

/** The credentials to choose from: the sandbox's, or who is signed in (our own API) and a key that is typed and kept in this tab only. */
export const useCredentials = (dialect: DialectName) => {
  const { data: sandbox } = useSandbox();
  const [typed, setTyped] = useState<Partial<Record<DialectName, string>>>({});
  const choices: Credential[] = [
    ...(sandbox?.workspaces ?? []).flatMap(workspace =>
      known[dialect](workspace.credentials[dialect] ?? {}).map(one => ({ ...one, label: `${one.label} · ${workspace.name}` })),
    ),
    ...(dialect === 'native' && !sandbox ? [{ label: 'You, as signed in', headers: antiForgeryHeaders(), withCookie: true }] : []),
    { label: 'A key that I type', headers: headersOf(dialect, typed[dialect] ?? '') },
  ];
  return { choices, typed: typed[dialect] ?? '', type: (key: string) => setTyped({ ...typed, [dialect]: key }) };
};

const tokens = new Map<string, string>();

/** The headers that a call carries. cPod's apps first fetch a token, which is kept for the tab's life. */
export const resolveHeaders = async (credential: Credential): Promise<Record<string, string>> => {
  if (!credential.app) return credential.headers;
  const { id, secret } = credential.app;
  if (!tokens.has(id)) {
    const response = await fetch('/cpod/api/v1/auth/token', {
      method: 'POST',
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
    });
    if (!response.ok) throw new Error('cPod gave no token for this app.');
    tokens.set(id, (await response.json()).access_token);
  }
  return bearer(tokens.get(id) ?? '');
};
