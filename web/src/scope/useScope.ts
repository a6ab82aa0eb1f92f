import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { read, write } from '../filters/condition';
import { asCondition, beyond, type Scope, teamOf } from './scope';

const id = (text: string | null) => (text && Number(text) > 0 ? Number(text) : null);

/** The groups of users, which reports call teams. */
export const useGroups = () =>
  useQuery({
    queryKey: ['groups'],
    queryFn: () => ask(api.GET('/api/v1/groups', { params: { query: { limit: 500 } } })),
    staleTime: Number.POSITIVE_INFINITY,
  }).data?.data ?? none;

const none: never[] = [];

/** The scope in the address, as conditions, as the API's parameters, and how to change it. */
export const useScope = () => {
  const [params, setParams] = useSearchParams();
  const catalog = useCatalog();
  const groups = useGroups();
  const text = params.toString();
  return useMemo(() => {
    const given = new URLSearchParams(text);
    const scope: Scope = {
      pipeline: id(given.get('pipeline')),
      owner: id(given.get('owner')),
      team: id(given.get('team')),
      label: id(given.get('label')),
      where: read(given.get('where')),
    };
    const inTeam = scope.team === null ? null : teamOf(scope.team, groups);
    const members = catalog.users.filter(user => user.group_id != null && inTeam?.has(user.group_id)).map(user => user.id);
    return {
      scope,
      params: given,
      condition: asCondition(scope, members),
      /** Everything but the pipeline, which some reports ask for by name. */
      query: { owner_id: scope.owner ?? undefined, where: write(beyond(scope, members)) },
      /** Whose goals measure what is shown; none where a label or conditions leave deals out that the goals count. */
      whose:
        scope.label === null && scope.where === null ? { owner: scope.owner, pipeline: scope.pipeline, members: inTeam && members } : null,
      isNarrowed: scope.owner !== null || scope.team !== null || scope.label !== null || scope.where !== null,
      set: (changes: Record<string, string | number | null>) =>
        setParams(
          before => {
            const next = new URLSearchParams(before);
            for (const [name, value] of Object.entries(changes)) {
              if (value === null || value === '') next.delete(name);
              else next.set(name, String(value));
            }
            return next;
          },
          { replace: true },
        ),
    };
  }, [text, catalog.users, groups, setParams]);
};

export type ScopeState = ReturnType<typeof useScope>;
