import { send } from '../api/client';
import type { components } from '../api/types';
import type { Kind, Mapping } from './mapping';

type Schemas = components['schemas'];
export type Import = Schemas['Import'];
export type Preview = Omit<Schemas['ImportPreview'], 'mapping'> & { mapping: Mapping };

export type Warned = { message: string; rows: number; lines: number[] };
export type Report = {
  kind: Kind | 'everything';
  dry_run: boolean;
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  created_by_noun: Record<string, number>;
  reasons: Warned[];
  warnings: Warned[];
  nouns?: { noun: string; read: number; created: number; updated: number; unchanged: number; rejected: number }[];
  near_names: { noun: string; written: string; existing: string; rows: number; applied: boolean }[];
  seconds: number;
};

/** What goes with the file. The members come before it, because the server reads them first. */
const form = (file: File, given: { kind?: Kind | null; source?: string; mapping?: Mapping; dryRun?: boolean; sheet?: string | null }) => {
  const data = new FormData();
  if (given.kind && !given.mapping) data.set('kind', given.kind);
  if (given.source) data.set('source', given.source);
  if (given.mapping) data.set('mapping', JSON.stringify(given.mapping));
  if (given.sheet) data.set('sheet', given.sheet);
  if (given.dryRun) data.set('dry_run', 'true');
  data.set('file', file);
  return data;
};

export const preview = async (
  file: File,
  given: { kind?: Kind | null; source?: string; mapping?: Mapping; sheet?: string | null },
): Promise<Preview> => (await send('/api/v1/imports/preview', { method: 'POST', body: form(file, given) })).json() as Promise<Preview>;

export const start = async (file: File, given: { mapping: Mapping; sheet: string | null; dryRun: boolean }): Promise<Import> =>
  (await send('/api/v1/imports', { method: 'POST', body: form(file, given) })).json() as Promise<Import>;

export const hasEnded = (state: string) => state === 'completed' || state === 'failed' || state === 'rejected';
