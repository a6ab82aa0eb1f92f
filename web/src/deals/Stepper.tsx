import { Tooltip } from '@mantine/core';
import { IconFlame } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, useEffect, useRef } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Deal, Stage } from '../api/types';
import { daysRotten } from '../board/board';
import { fillOf } from '../stages/colors';
import { now } from '../ui/clock';
import { useFormat } from '../ui/useFormat';
import classes from './Deal.module.css';
import { duration, stays } from './words';

type Props = { deal: Deal; refusal: (stage: Stage) => string | null; onMove: (stage: Stage) => void };

/** One arrow for each stage, with how long the deal was in it; pressing one moves the deal there. */
export const Stepper = ({ deal, refusal, onMove }: Props) => {
  const catalog = useCatalog();
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['deal', deal.id, 'stages'],
    queryFn: () => ask(api.GET('/api/v1/deals/{id}/stage-history', { params: { path: { id: deal.id } } })),
  });
  const spent = stays(data?.data ?? []);
  const stages = catalog.stagesOf(deal.pipeline_id).filter(stage => stage.kind === 'open');
  const at = stages.findIndex(stage => stage.id === deal.stage_id);
  const isOpen = deal.status === 'open' && !deal.deleted_at;
  const row = useRef<HTMLOListElement>(null);
  // On a phone only some of the stages fit. The catalog may come after the deal.
  useEffect(() => {
    row.current?.children[at]?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [at]);
  return (
    <ol ref={row} className={classes.stepper} aria-label={`Stages of ${catalog.pipeline(deal.pipeline_id)?.name ?? 'the pipeline'}`}>
      {stages.map((stage, index) => {
        const stay = spent.get(stage.id);
        const isCurrent = index === at;
        const reason = isOpen && !isCurrent ? refusal(stage) : null;
        const rotten = isCurrent ? daysRotten(deal, stage.rotten_days, now()) : null;
        const tip = stay
          ? `Entered ${format.instant(stay.entered)}${stay.left ? `, left ${format.instant(stay.left)}` : ''}`
          : 'Not been here';
        return (
          <li
            key={stage.id}
            data-state={isCurrent ? deal.status : index < at ? 'past' : 'ahead'}
            data-rotten={rotten !== null || undefined}
            data-refused={reason !== null || undefined}
            style={{ '--stage': fillOf(stage) } as CSSProperties}
          >
            <Tooltip label={reason ? `${tip}. ${reason}.` : rotten === null ? tip : `${tip}. Rotting for ${rotten} days.`}>
              <button
                type="button"
                aria-current={isCurrent ? 'step' : undefined}
                aria-disabled={!isOpen || undefined}
                onClick={() => isOpen && !isCurrent && onMove(stage)}
              >
                <span>{stage.name}</span>
                {isCurrent && <span className="visually-hidden">, current stage, </span>}
                {reason && <span className="visually-hidden">, {reason}, </span>}
                <small className="tabular">
                  {rotten !== null && <IconFlame size={11} aria-hidden />}
                  {stay ? duration(stay.seconds) : '–'}
                </small>
              </button>
            </Tooltip>
          </li>
        );
      })}
    </ol>
  );
};
