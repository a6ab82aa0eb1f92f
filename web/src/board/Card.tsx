import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { IconBuilding, IconCalendarDue, IconFlame, IconPackage, IconPaperclip, IconUser } from '@tabler/icons-react';
import { type MouseEvent, memo, useEffect, useRef, useState } from 'react';
import type { Catalog } from '../api/catalog';
import type { Deal, Stage } from '../api/types';
import { usePreferences } from '../app/preferences';
import { CustomValue } from '../custom/CustomValue';
import { now } from '../ui/clock';
import { UserAvatar } from '../ui/UserAvatar';
import { useFormat } from '../ui/useFormat';
import { ActivityState } from './ActivityState';
import classes from './Board.module.css';
import { daysRotten } from './board';
import { cardFields, chosenFields } from './cardFields';
import { QuickActions } from './QuickActions';
import type { Act } from './useActs';
import type { BoardKeys } from './useBoardKeys';
import type { Dragged, Target } from './useCardDrag';

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
  const [edge, setEdge] = useState<'top' | 'bottom' | null>(null);
  // Most cards are never pointed at.
  const [isReached, setReached] = useState(false);
  const isSelected = selected.has(deal.id);
  const latest = useRef({ selected, nextId, isRefused });
  latest.current = { selected, nextId, isRefused };
  const actNow = useRef(act);
  actNow.current = act;

  useEffect(() => {
    const element = frame.current!;
    const stop = draggable({
      element,
      getInitialData: (): Dragged => ({
        kind: 'cards',
        ids: latest.current.selected.has(deal.id) ? [...latest.current.selected] : [deal.id],
      }),
      onGenerateDragPreview: ({ nativeSetDragImage, source }) => {
        const { ids } = source.data as Dragged;
        if (ids.length > 1)
          setCustomNativeDragPreview({ nativeSetDragImage, render: ({ container }) => stack(container, actNow.current.sumOf(ids)) });
      },
    });
    if (!isManual) return stop;
    const drop = dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.kind === 'cards' && !latest.current.isRefused,
      getData: ({ input }): Target => {
        const box = element.getBoundingClientRect();
        return { kind: 'card', stageId: stage.id, beforeId: input.clientY < box.top + box.height / 2 ? deal.id : latest.current.nextId };
      },
      onDrag: ({ location }) => {
        const box = element.getBoundingClientRect();
        setEdge(location.current.input.clientY < box.top + box.height / 2 ? 'top' : 'bottom');
      },
      onDragLeave: () => setEdge(null),
      onDrop: () => setEdge(null),
    });
    return () => {
      stop();
      drop();
    };
  }, [deal.id, stage.id, isManual]);

  useEffect(() => {
    if (keys.focused === deal.id && keys.isActive()) frame.current?.focus({ preventScroll: true });
  }, [keys, deal.id]);

  const rotten = daysRotten(deal, stage.rotten_days, now());
  const isLate = deal.expected_close !== null && deal.expected_close < format.today();
  const labels = deal.label_ids.flatMap(id => catalog.label(id) ?? []);
  const inStage = format.daysSince(deal.stage_changed_at ?? deal.added_at ?? new Date(now()).toISOString());
  const preferences = usePreferences();
  const wanted = chosenFields(preferences, deal.pipeline_id);
  const values = deal.custom as Record<string, unknown>;
  const shown = cardFields(catalog.fields).filter(field => wanted.includes(field.slug) && values[field.slug] != null);
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
      {(deal.organization || deal.person) && (
        <div className={classes.who}>
          {deal.organization && (
            <span>
              <IconBuilding size={13} aria-hidden />
              <span dir="auto">{deal.organization.name}</span>
            </span>
          )}
          {deal.person && (
            <span>
              <IconUser size={13} aria-hidden />
              <span dir="auto">{deal.person.name}</span>
            </span>
          )}
        </div>
      )}
      <div className={classes.worth}>
        <strong className="tabular">{format.money(deal.value, deal.currency)}</strong>
        {labels.slice(0, 3).map(label => (
          <span key={label.id} className={classes.label} style={{ '--label': label.color } as React.CSSProperties} title={label.name}>
            <span className="visually-hidden">{label.name}</span>
          </span>
        ))}
        {labels.length > 3 && <span className={classes.small}>+{labels.length - 3}</span>}
        <span className={classes.spring} />
        {deal.expected_close && (
          <span className={classes.small} data-late={isLate || undefined} title={isLate ? 'Expected close is past' : 'Expected close'}>
            <IconCalendarDue size={12} aria-hidden />
            {format.day(deal.expected_close)}
          </span>
        )}
      </div>
      {shown.length > 0 && (
        <dl className={classes.extra}>
          {shown.map(field => (
            <div key={field.id}>
              <dt>{field.name}</dt>
              <dd dir="auto">
                <CustomValue field={field} value={values[field.slug]} catalog={catalog} format={format} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className={classes.foot}>
        <UserAvatar user={catalog.user(deal.owner_id)} size={22} />
        <ActivityState deal={deal} onPlan={() => act.plan(deal.id)} />
        <span className={classes.spring} />
        {preferences.cardCounts && deal.facts && deal.facts.products > 0 && (
          <span className={classes.small} title={`${deal.facts.products} products`}>
            <IconPackage size={12} aria-hidden />
            {deal.facts.products}
          </span>
        )}
        {preferences.cardCounts && deal.facts && deal.facts.files > 0 && (
          <span className={classes.small} title={`${deal.facts.files} files`}>
            <IconPaperclip size={12} aria-hidden />
            {deal.facts.files}
          </span>
        )}
        {rotten !== null && (
          <span className={classes.rotten} title={`No change since ${format.instant(deal.facts?.touched_at)}`}>
            <IconFlame size={12} aria-hidden />
            {rotten}d
          </span>
        )}
        <span className={classes.small} title="Days in this stage">
          {inStage}d
        </span>
      </div>
      {isReached && <QuickActions id={deal.id} act={act} />}
    </article>
  );
});

/** What hangs at the pointer when several are dragged. */
const stack = (container: HTMLElement, text: string) => {
  const element = document.createElement('div');
  element.className = classes.stack!;
  element.textContent = text;
  container.append(element);
};
