import { type MouseEvent, memo, useEffect, useRef, useState } from 'react';
import type { Catalog } from '../api/catalog';
import type { Deal, Stage } from '../api/types';
import { now } from '../ui/clock';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';
import { daysRotten } from './board';
import { CardFacts } from './CardFacts';
import { CardFields } from './CardFields';
import { CardFoot } from './CardFoot';
import { QuickActions } from './QuickActions';
import type { Act } from './useActs';
import type { BoardKeys } from './useBoardKeys';
import { useDraggableCard } from './useDraggableCard';

type Props = {
  deal: Deal;
  stage: Stage;
  nextId: number | null;
  isManual: boolean;
  /** Given, not asked for: a hook of eight queries in each of many cards costs more than the card. */
  catalog: Catalog;
  selected: ReadonlySet<number>;
  select: (id: number) => void;
  act: Act;
  keys: BoardKeys;
  isDragged: boolean;
  /** The cards in the hand may not come to this column. */
  isRefused: boolean;
};

/** A deal on the board. */
export const Card = memo(({ deal, stage, nextId, isManual, catalog, selected, select, act, keys, isDragged, isRefused }: Props) => {
  const frame = useRef<HTMLElement>(null);
  const format = useFormat();
  const edge = useDraggableCard({ frame, dealId: deal.id, stageId: stage.id, nextId, isManual, selected, act, isRefused });
  // Most cards are never pointed at.
  const [isReached, setReached] = useState(false);
  const isSelected = selected.has(deal.id);

  useEffect(() => {
    if (keys.focused === deal.id && keys.isActive()) frame.current?.focus({ preventScroll: true });
  }, [keys, deal.id]);

  const rotten = daysRotten(deal, stage.rotten_days, now());
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey) window.open(`/deals/${deal.id}`, '_blank');
    else if (event.shiftKey || selected.size > 0) select(deal.id);
    else act.open(deal.id);
  };
  const name = [
    deal.title,
    deal.organization?.name,
    format.money(deal.value, deal.currency),
    rotten !== null ? `rotting for ${rotten} days` : null,
  ]
    .filter(Boolean)
    .join(', ');

  return (
    <article
      ref={frame}
      className={classes.card}
      data-rotten={rotten !== null || undefined}
      data-selected={isSelected || undefined}
      data-dragged={isDragged || undefined}
      data-lifted={(keys.lifted && keys.focused === deal.id) || undefined}
      data-edge={edge ?? undefined}
      data-deal={deal.id}
      tabIndex={keys.focused === deal.id || keys.focused === null ? 0 : -1}
      aria-label={name}
      onPointerEnter={event => event.pointerType === 'mouse' && setReached(true)}
      onClick={open}
      onFocus={event => event.target === event.currentTarget && keys.focus(deal.id)}
      onKeyDown={event => {
        if (event.key === 'Enter' && event.target === event.currentTarget && !keys.lifted) act.open(deal.id);
      }}
    >
      <div className={classes.top}>
        <span className={classes.title} dir="auto">
          {deal.title}
        </span>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: only keeps the click from the card. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
        <span className={classes.tick} onClick={event => event.stopPropagation()}>
          <input type="checkbox" tabIndex={-1} checked={isSelected} onChange={() => select(deal.id)} aria-label={`Select ${deal.title}`} />
        </span>
      </div>
      <CardFacts deal={deal} catalog={catalog} />
      <CardFields deal={deal} catalog={catalog} />
      <CardFoot deal={deal} catalog={catalog} rotten={rotten} onPlan={() => act.plan(deal.id)} />
      {isReached && <QuickActions id={deal.id} act={act} />}
    </article>
  );
});
