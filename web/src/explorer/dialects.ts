import type { Document } from './document';

/** The surfaces of the server, ours first. Each describes itself at openapi.json under its prefix. */
export const dialects = [
  { name: 'native', label: 'Tributary', prefix: '/api/v1' },
  { name: 'pipedrive', label: 'Pipedrive', prefix: '/pipedrive' },
  { name: 'automatenexus', label: 'AutomateNexus', prefix: '/automatenexus' },
  { name: 'switch', label: 'Switch', prefix: '/switch' },
  { name: 'cpod', label: 'cPod', prefix: '/cpod' },
  { name: 'ysuite', label: 'YSuite', prefix: '/ysuite' },
] as const;

export type DialectName = (typeof dialects)[number]['name'];

export const dialectOf = (name: string | null) => dialects.find(dialect => dialect.name === name) ?? dialects[0];

export const loadDocument = async (name: DialectName): Promise<Document> => {
  const response = await fetch(`${dialectOf(name).prefix}/openapi.json`);
  if (!response.ok) throw new Error(`${dialectOf(name).label} does not describe itself here.`);
  return response.json();
};

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

/** How a key of a dialect is sent. YSuite's has two parts, with a blank between; cPod's is a client id and secret. */
export const headersOf = (dialect: DialectName, key: string): Record<string, string> => {
  const [first = '', second = ''] = key.trim().split(/\s+/);
  switch (dialect) {
    case 'pipedrive':
      return { 'x-api-token': first };
    case 'ysuite':
      return { 'x-ysuite-access-key': first, 'x-ysuite-secret-key': second };
    default:
      return bearer(first);
  }
};
