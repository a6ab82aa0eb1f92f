import { Group, Paper, Slider, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { fieldName, fieldValue } from '../past/words';
import { now } from '../ui/clock';
import { useFormat } from '../ui/useFormat';

const steps = 1000;
const compared = [
  'title',
  'status',
  'stage_id',
  'value',
  'probability',
  'owner_id',
  'expected_close',
  'person_id',
  'org_id',
  'label_ids',
] as const;

/** The deal as it stood at any moment, and what is different today. */
export const AsOf = ({ deal }: { deal: Deal }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const [place, setPlace] = useState(steps);
  const [settled] = useDebouncedValue(place, 200);
  const from = Date.parse(deal.added_at ?? '');
  const [until] = useState(now);
  const moment = (at: number) => new Date(from + ((until - from) * at) / steps).toISOString();
  const isNow = settled >= steps;
  const { data: then } = useQuery({
    queryKey: ['deal', deal.id, 'as-of', settled],
    queryFn: () => ask(api.GET('/api/v1/deals/{id}', { params: { path: { id: deal.id }, query: { as_of: moment(settled) } } })),
    enabled: !isNow,
    placeholderData: keepPreviousData,
  });
  const differing = then && !isNow ? compared.filter(name => JSON.stringify(then[name]) !== JSON.stringify(deal[name])) : [];
  return (
    <Paper withBorder p="md">
      <Text size="sm" fw={600} id="as-of">
        As of {isNow ? 'now' : format.instant(moment(place))}
      </Text>
      <Slider
        mt="xs"
        mb="sm"
        label={null}
        min={0}
        max={steps}
        value={place}
        onChange={setPlace}
        thumbLabel="The moment the deal is shown at"
        aria-labelledby="as-of"
      />
      {!isNow && then && (
        <Stack gap={2}>
          <Group gap="lg" className="tabular">
            <Text size="sm">{catalog.stage(then.stage_id)?.name}</Text>
            <Text size="sm">{then.status}</Text>
            <Text size="sm">{format.money(then.value, then.currency)}</Text>
          </Group>
          {differing.length === 0 ? (
            <Text size="sm" c="dimmed">
              As it is today.
            </Text>
          ) : (
            differing.map(name => (
              <Text size="sm" key={name}>
                {fieldName(name, catalog)}: {fieldValue(name, then[name], catalog, format)}{' '}
                <Text span c="dimmed">
                  (now {fieldValue(name, deal[name], catalog, format)})
                </Text>
              </Text>
            ))
          )}
        </Stack>
      )}
    </Paper>
  );
};
