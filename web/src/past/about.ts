import { send } from '../api/client';
import type { StoredFile } from '../api/types';

/** The records that something is written about, as the API names them. */
export type About = { deal_id?: number; person_id?: number | null; org_id?: number | null };

/** Puts a file on a record. */
export const uploadFile = async (file: File, about: About): Promise<StoredFile> => {
  const form = new FormData();
  for (const [name, id] of Object.entries(about)) if (id != null) form.append(name, String(id));
  form.append('file', file, file.name);
  return (await send('/api/v1/files', { method: 'POST', body: form })).json();
};
