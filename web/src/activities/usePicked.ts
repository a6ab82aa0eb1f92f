import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '../api/client';
import type { Picked } from '../pickers/RecordPicker';

const names = {
  deal: async (id: number) => (await ask(api.GET('/api/v1/deals/{id}', { params: { path: { id } } }))).title,
  person: async (id: number) => (await ask(api.GET('/api/v1/persons/{id}', { params: { path: { id } } }))).name,
  organization: async (id: number) => (await ask(api.GET('/api/v1/organizations/{id}', { params: { path: { id } } }))).name,
};

/** What is linked already, named as soon as its name is known. */
export const usePicked = (id: number | null | undefined, kind: keyof typeof names) => {
  const [picked, setPicked] = useState<Picked | null>(id ? { id, name: '…' } : null);
  const { data: name } = useQuery({ queryKey: [kind, 'name', id], queryFn: () => names[kind](id!), enabled: id != null });
  useEffect(() => {
    if (name) setPicked(now => (now?.id === id ? { id: id!, name } : now));
  }, [name, id]);
  return [picked, setPicked] as const;
};
