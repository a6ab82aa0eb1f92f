import { api, ask } from '../api/client';
import type { components, Deal, Organization, Person } from '../api/types';

export type Kind = 'person' | 'organization';
export type Contact = Person | Organization;
export type Patch = Record<string, string | number | null | number[] | Schemas['ContactPoint'][] | Record<string, unknown>>;

/** What a list of contacts is asked by. */
export type ContactQuery = {
  search?: string;
  owner_id?: number;
  where?: string;
  sort?: string[];
  limit: number;
  cursor?: string;
  total?: boolean;
  fields?: string[];
};

type Schemas = components['schemas'];
type Verbs = {
  title: string;
  list: string;
  get: (id: number) => Promise<Contact>;
  page: (query: ContactQuery, signal?: AbortSignal) => Promise<{ data: Contact[]; next_cursor: string | null; total?: number | null }>;
  counts: (id: number) => Promise<Schemas['ContactCounts']>;
  deals: (id: number) => Promise<{ data: Deal[] }>;
  update: (id: number, body: Patch) => Promise<Contact>;
  remove: (id: number) => Promise<unknown>;
  restore: (id: number) => Promise<unknown>;
  duplicates: (cursor?: string) => Promise<{ data: Schemas['DuplicatePair'][]; next_cursor: string | null }>;
  merge: (id: number, survivor: number) => Promise<Contact>;
};

const path = (id: number) => ({ params: { path: { id } } });

/** The two kinds of contacts, asked alike. */
export const kinds: Record<Kind, Verbs> = {
  person: {
    title: 'Person',
    list: '/contacts/persons',
    get: (id: number) => ask(api.GET('/api/v1/persons/{id}', { params: { path: { id }, query: { include: ['organization'] } } })),
    page: (query, signal) =>
      ask(api.GET('/api/v1/persons', { params: { query: { ...query, ...(query.fields ? {} : { include: ['organization'] }) } }, signal })),
    counts: (id: number) => ask(api.GET('/api/v1/persons/{id}/counts', path(id))),
    deals: (id: number) =>
      ask(api.GET('/api/v1/persons/{id}/deals', { params: { path: { id }, query: { limit: 10, sort: ['-updated_at'] } } })),
    update: (id: number, body: Patch) => ask(api.PATCH('/api/v1/persons/{id}', { ...path(id), body })),
    remove: (id: number) => ask(api.DELETE('/api/v1/persons/{id}', path(id))),
    restore: (id: number) => ask(api.POST('/api/v1/persons/{id}/restore', path(id))),
    duplicates: (cursor?: string) => ask(api.GET('/api/v1/persons/duplicates', { params: { query: { limit: 50, cursor } } })),
    merge: (id: number, survivor_id: number) => ask(api.POST('/api/v1/persons/{id}/merge', { ...path(id), body: { survivor_id } })),
  },
  organization: {
    title: 'Organization',
    list: '/contacts/organizations',
    get: (id: number) => ask(api.GET('/api/v1/organizations/{id}', path(id))),
    page: (query, signal) => ask(api.GET('/api/v1/organizations', { params: { query }, signal })),
    counts: (id: number) => ask(api.GET('/api/v1/organizations/{id}/counts', path(id))),
    deals: (id: number) =>
      ask(api.GET('/api/v1/organizations/{id}/deals', { params: { path: { id }, query: { limit: 10, sort: ['-updated_at'] } } })),
    update: (id: number, body: Patch) => ask(api.PATCH('/api/v1/organizations/{id}', { ...path(id), body })),
    remove: (id: number) => ask(api.DELETE('/api/v1/organizations/{id}', path(id))),
    restore: (id: number) => ask(api.POST('/api/v1/organizations/{id}/restore', path(id))),
    duplicates: (cursor?: string) => ask(api.GET('/api/v1/organizations/duplicates', { params: { query: { limit: 50, cursor } } })),
    merge: (id: number, survivor_id: number) => ask(api.POST('/api/v1/organizations/{id}/merge', { ...path(id), body: { survivor_id } })),
  },
};
