import { Text } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, ask } from '../api/client';
import type { FieldDefinition } from '../api/types';
import { useFormat } from '../ui/useFormat';

/** Whether lists find records by the field's values in an index: being made, made, or why not. */
export const FieldIndexState = ({ field }: { field: FieldDefinition }) => {
  const format = useFormat();
  const queries = useQueryClient();
  const isAwaited = field.is_indexed && !field.indexed_at;
  const { data: job } = useQuery({
    queryKey: ['index-of-field', field.id, field.version],
    enabled: isAwaited,
    refetchInterval: 1500,
    queryFn: async () => {
      const { data } = await ask(api.GET('/api/v1/jobs', { params: { query: { kind: 'index_field', limit: 100 } } }));
      return data.find(one => one.subject_id === field.id) ?? null;
    },
  });
  const isDone = isAwaited && job?.state === 'completed';
  // That an index is made is no change of the field, so the event stream says nothing of it.
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ['fields'] });
  }, [isDone, queries]);
  if (!field.is_indexed) return null;
  const error = (job?.result as { error?: string } | null | undefined)?.error;
  return (
    <Text size="xs" c="dimmed" role="status">
      <IconBolt size={13} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
      {field.indexed_at ? (
        `Indexed since ${format.day(format.dayOfInstant(field.indexed_at))}`
      ) : job?.state === 'failed' || job?.state === 'rejected' ? (
        <Text span size="xs" c="var(--t-lost)">
          No index could be made: {error ?? 'the server does not say why'}. Take the index away and ask for it again.
        </Text>
      ) : (
        `Index being made${job?.done ? `: ${format.number(job.done)} records` : '…'}${error ? `, tried again: ${error}` : ''}`
      )}
    </Text>
  );
};
