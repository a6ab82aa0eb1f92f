import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask } from './client';
import type { ActivityType, Currency, FieldDefinition, Label, LostReason, Pipeline, Stage, User } from './types';

/** The small tables that every screen names things by. Read once and kept until the log says that they changed. */
export type Catalog = {
  pipelines: Pipeline[];
  stages: Stage[];
  users: User[];
  labels: Label[];
  lostReasons: LostReason[];
  activityTypes: ActivityType[];
  fields: FieldDefinition[];
  currencies: Currency[];
  pipeline: (id: number | null | undefined) => Pipeline | undefined;
  stage: (id: number | null | undefined) => Stage | undefined;
  user: (id: number | null | undefined) => User | undefined;
  label: (id: number) => Label | undefined;
  stagesOf: (pipelineId: number) => Stage[];
  isLoading: boolean;
  error: Error | null;
};

const query = { limit: 500 } as const;
const forever = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY };

const queries = [
  { queryKey: ['pipelines'], queryFn: () => ask(api.GET('/api/v1/pipelines', { params: { query } })), ...forever },
  { queryKey: ['stages'], queryFn: () => ask(api.GET('/api/v1/stages', { params: { query } })), ...forever },
  { queryKey: ['users'], queryFn: () => ask(api.GET('/api/v1/users', { params: { query } })), ...forever },
  { queryKey: ['labels'], queryFn: () => ask(api.GET('/api/v1/labels', { params: { query } })), ...forever },
  { queryKey: ['lost-reasons'], queryFn: () => ask(api.GET('/api/v1/lost-reasons', { params: { query } })), ...forever },
  { queryKey: ['activity-types'], queryFn: () => ask(api.GET('/api/v1/activity-types', { params: { query } })), ...forever },
  { queryKey: ['fields'], queryFn: () => ask(api.GET('/api/v1/fields', { params: { query } })), ...forever },
  { queryKey: ['currencies'], queryFn: () => ask(api.GET('/api/v1/currencies', { params: { query } })), ...forever },
] as const;

const byId = <T extends { id: number }>(rows: T[]) => new Map(rows.map(row => [row.id, row]));

export const useCatalog = (): Catalog => {
  const [pipelines, stages, users, labels, lostReasons, activityTypes, fields, currencies] = useQueries({ queries: [...queries] });
  const data = [pipelines.data, stages.data, users.data, labels.data, lostReasons.data, activityTypes.data, fields.data, currencies.data];
  const all = [pipelines, stages, users, labels, lostReasons, activityTypes, fields, currencies];
  const isLoading = all.some(one => one.isLoading);
  const error = all.find(one => one.error)?.error ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of data, in a fixed order.
  return useMemo(() => {
    const lists = {
      pipelines: [...(pipelines.data?.data ?? [])].sort((a, b) => a.position - b.position),
      stages: [...(stages.data?.data ?? [])].sort((a, b) => a.position - b.position),
      users: users.data?.data ?? [],
      labels: labels.data?.data ?? [],
      lostReasons: lostReasons.data?.data ?? [],
      activityTypes: activityTypes.data?.data ?? [],
      fields: fields.data?.data ?? [],
      currencies: (currencies.data?.data ?? []).filter(currency => currency.is_active),
    };
    const maps = { pipeline: byId(lists.pipelines), stage: byId(lists.stages), user: byId(lists.users), label: byId(lists.labels) };
    return {
      ...lists,
      pipeline: id => (id == null ? undefined : maps.pipeline.get(id)),
      stage: id => (id == null ? undefined : maps.stage.get(id)),
      user: id => (id == null ? undefined : maps.user.get(id)),
      label: id => maps.label.get(id),
      stagesOf: pipelineId => lists.stages.filter(stage => stage.pipeline_id === pipelineId),
      isLoading,
      error,
    };
  }, [...data, isLoading, error]);
};
