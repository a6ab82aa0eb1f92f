import { Anchor, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import type { Stage } from '../api/types';
import { NumberSetting } from './NumberSetting';

/** Open deals of a stage that nobody has touched for so many days. The hour is cut off, so that typing asks little twice. */
const rottenAfter = (stageId: number, days: number) =>
  JSON.stringify({
    and: [
      { field: 'stage_id', operator: 'equals', value: stageId },
      { field: 'status', operator: 'equals', value: 'open' },
      { field: 'touched_at', operator: 'less', value: `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 13)}:00:00Z` },
    ],
  });

const useRotten = (stageId: number, days: number | null) =>
  useQuery({
    queryKey: ['deals', 'rotting', stageId, days],
    queryFn: () =>
      ask(
        api.GET('/api/v1/deals', {
          params: { query: { where: rottenAfter(stageId, days!), limit: 3, total: true, fields: ['id', 'title'] } },
        }),
      ),
    enabled: days !== null,
    placeholderData: known => known,
  }).data;

type Props = { stage: Stage; disabled: boolean; onSave: (days: number | null) => Promise<boolean> };

/** Whether and after how many days deals rot; while one types, which would rot then. */
export const StageRotting = ({ stage, disabled, onSave }: Props) => {
  const saved = stage.rotten_days ?? null;
  const [typed, setTyped] = useState<number | null>(null);
  const days = saved === null ? null : (typed ?? saved);
  const before = useRotten(stage.id, saved);
  const after = useRotten(stage.id, days);
  const more = (after?.total ?? 0) - (before?.total ?? 0);
  return (
    <>
      <Switch
        size="xs"
        label="Deals rot here"
        checked={saved !== null}
        disabled={disabled}
        onChange={event => void onSave(event.currentTarget.checked ? 30 : null)}
      />
      {saved !== null && (
        <>
          <NumberSetting label="After days" min={1} max={1000} value={saved} disabled={disabled} onSave={onSave} onType={setTyped} />
          {after?.total != null && (
            <Text size="xs" c={after.total > 0 ? 'var(--t-rotten)' : 'dimmed'} aria-live="polite" component="div">
              {after.total} {after.total === 1 ? 'deal rots' : 'deals rot'} at {days} days
              {days !== saved && more !== 0 && `, ${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} than now`}
              {after.total > 0 && (
                <>
                  : {after.data.map(deal => deal.title).join(', ')}
                  {after.total > after.data.length && '…'}{' '}
                  <Anchor
                    component={Link}
                    size="xs"
                    underline="always"
                    to={`/deals/list?tab=open&where=${encodeURIComponent(rottenAfter(stage.id, days!))}`}
                  >
                    Show all
                  </Anchor>
                </>
              )}
            </Text>
          )}
        </>
      )}
    </>
  );
};
