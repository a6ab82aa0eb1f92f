import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsMove, IconCalendarEvent, IconTrophy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { UserAvatar } from '../ui/UserAvatar';
import { useFormat } from '../ui/useFormat';
import classes from './Forecast.module.css';
import type { Column } from './forecast';
import { columnName } from './names';
import type { ForecastState } from './useForecast';
import type { Moves } from './useMoves';

/** All cards are one stop of the Tab key: `isStop` is where one enters, the arrows lead on. */
type Props = { deal: Deal; column: Column; forecast: ForecastState; moves: Moves; isStop: boolean };

/** A deal of the forecast. Open ones are dragged, or moved by Space and the arrows, or by their menu. */
export const Card = ({ deal, column, forecast, moves, isStop }: Props) => {
  const frame = useRef<HTMLElement>(null);
  const [isDragged, setIsDragged] = useState(false);
  const catalog = useCatalog();
  const format = useFormat();
  const isOpen = deal.status === 'open';
  const isHeld = moves.held?.deal.id === deal.id;

  useEffect(() => {
    if (!isOpen) return;
    return draggable({
      element: frame.current!,
      getInitialData: () => ({ kind: 'forecast-card', deal, column }),
      onDragStart: () => setIsDragged(true),
      onDrop: () => setIsDragged(false),
    });
  }, [isOpen, deal, column]);

  const { leave } = moves;
  useEffect(() => () => leave(deal.id), [leave, deal.id]);

  const amount = forecast.view === 'recurring' ? deal.mrr : deal.value;
  const stage = catalog.stage(deal.stage_id);
  return (
    <article
      ref={frame}
      className={classes.card}
      data-status={deal.status}
      data-dragged={isDragged || isHeld || undefined}
      tabIndex={isStop ? 0 : -1}
      onFocus={() => moves.reach(deal.id)}
      data-deal={deal.id}
      aria-label={`${deal.title}, ${format.money(amount, deal.currency)}, ${isOpen ? `expected ${format.day(deal.expected_close)}` : `won ${format.day(deal.won_at?.slice(0, 10))}`}`}
      onKeyDown={event => moves.key(event, deal, column)}
    >
      <div className={classes.cardTop}>
        <Link to={`/deals/${deal.id}`} className={classes.title} draggable={false} dir="auto" tabIndex={-1}>
          {deal.title}
        </Link>
        {isOpen && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size={22} variant="subtle" color="gray" tabIndex={-1} aria-label={`Move ${deal.title}`}>
                <IconArrowsMove size={14} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown mah={340} style={{ overflow: 'auto' }}>
              <Menu.Item leftSection={<IconTrophy size={15} aria-hidden />} onClick={() => void moves.win(deal)}>
                Won
              </Menu.Item>
              <Menu.Label>Expected close in</Menu.Label>
              {forecast.columns
                .filter(one => one.kind !== 'overdue' && one.key !== column.key)
                .map(one => (
                  <Menu.Item key={one.key} onClick={() => void moves.move(deal, column, one)}>
                    {columnName(one, forecast.interval, format)}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <div className={classes.cardWho}>
        <span className={`${classes.dim} ${classes.who}`} dir="auto">
          {deal.organization?.name}
        </span>
        <UserAvatar user={catalog.user(deal.owner_id)} size={20} />
      </div>
      <div className={classes.cardFoot}>
        <span className="tabular">{format.money(amount, deal.currency, true)}</span>
        {isOpen ? (
          <span className={classes.dim} title={stage?.name}>
            {format.percent(deal.effective_probability)}
          </span>
        ) : (
          <span className={classes.won}>
            <IconTrophy size={12} aria-hidden /> Won
          </span>
        )}
        {deal.expected_close && isOpen && (
          <span className={classes.dim} data-late={column.kind === 'overdue' || undefined}>
            <IconCalendarEvent size={12} aria-hidden />{' '}
            {column.kind === 'period' ? format.dayOfYear(deal.expected_close) : format.day(deal.expected_close)}
          </span>
        )}
      </div>
    </article>
  );
};
