import type { Organization, Person } from '../api/types';

const members = ['name', 'email', 'phone', 'job_title', 'website', 'industry', 'notes', 'added_at'] as const;

export type Line = { label: string; values: [string, string]; result: string };

/** What the survivor will be: what it has stays, what it lacks comes from the other. */
export const preview = (survivor: Person | Organization, other: Person | Organization): Line[] =>
  members.flatMap(member => {
    const read = (contact: Person | Organization) => String((contact as Record<string, unknown>)[member] ?? '');
    const values: [string, string] = [read(survivor), read(other)];
    if (!values[0] && !values[1]) return [];
    return [{ label: member.replaceAll('_', ' '), values, result: values[0] || values[1] }];
  });
