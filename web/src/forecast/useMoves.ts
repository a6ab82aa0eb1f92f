import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { api, ask } from '../api/client';
import type { Deal, DealPatch } from '../api/types';
import { announce } from '../ui/announce';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import type { Row } from './Cell';
import { focusNext, focusWhenThere } from './cardFocus';
import { type Column, dropDay } from './forecast';
import { columnName } from './names';
import type { ForecastState } from './useForecast';

type Held = { deal: Deal; from: Column; over: Column };
type Moved = { deal: Deal; to: Column | null };

const rowOf = (deal: Deal, row: Row) => (row.by === 'owner' ? (deal.owner_id ?? null) : deal.pipeline_id) === row.id;

/** Moves deals in time: at once on screen, then on the server; back when it refuses; with an undo. */
export const useMoves = (forecast: ForecastState) => {
  const queries = useQueryClient();
  const format = useFormat();
  const [moved, setMoved] = useState<Moved[]>([]);
  const [held, setHeld] = useState<Held | null>(null);
  const [isDragging, setIsDragging] = useState(false);
  const [reached, setReached] = useState<number | null>(null);
  const leave = useCallback((id: number) => setReached(before => (before === id ? null : before)), []);

  const change = async (deal: Deal, to: Column | null, patch: DealPatch, back: DealPatch, done: string) => {
    const shown: Moved = { deal: { ...deal, ...(patch as Partial<Deal>) }, to };
    const write = (body: DealPatch) => ask(api.PATCH('/api/v1/deals/{id}', { params: { path: { id: deal.id } }, body }));
    const refresh = () => queries.invalidateQueries({ queryKey: ['forecast'] });
    setMoved(before => [...before.filter(one => one.deal.id !== deal.id), shown]);
    try {
      await write(patch);
      notifyDone(done, async () => {
        await write(back);
        await refresh();
      });
      await refresh();
    } catch (error) {
      notifyError(error, `“${deal.title}” stayed`);
    } finally {
      setMoved(before => before.filter(one => one !== shown));
    }
  };

  const move = async (deal: Deal, from: Column, to: Column) => {
    if (to.key === from.key || to.kind === 'overdue') return;
    const day = dropDay(to, forecast.interval, deal.expected_close ?? null, forecast.today);
    const done = day ? `“${deal.title}” is expected on ${format.day(day)}.` : `“${deal.title}” has no expected close.`;
    await change(deal, to, { expected_close: day }, { expected_close: deal.expected_close ?? null }, done);
  };

  const win = (deal: Deal) => {
    const now = forecast.columns.find(
      column => column.kind === 'period' && column.first <= forecast.today && forecast.today <= column.last,
    );
    return change(deal, now ?? null, { status: 'won' }, { status: 'open' }, `“${deal.title}” won.`);
  };

  const latest = useRef({ move, win });
  latest.current = { move, win };
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === 'forecast-card',
        onDragStart: () => setIsDragging(true),
        onDrop: ({ source, location }) => {
          setIsDragging(false);
          const { deal, column } = source.data as { deal: Deal; column: Column };
          const target = location.current.dropTargets[0]?.data;
          if (target?.kind === 'column') void latest.current.move(deal, column, target.column as Column);
          if (target?.kind === 'won') void latest.current.win(deal);
        },
      }),
    [],
  );

  const key = (event: KeyboardEvent<HTMLElement>, deal: Deal, column: Column) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = held ? whileHeld(event, held) : whileFree(event, deal, column);
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  };

  const whileHeld = (event: KeyboardEvent<HTMLElement>, { deal, from, over }: Held) => {
    const targets = forecast.columns.filter(column => column.kind !== 'overdue' || column.key === from.key);
    const shift = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (shift !== 0) {
      const next = targets[targets.findIndex(column => column.key === over.key) + shift];
      return () => {
        if (!next) return;
        setHeld({ deal, from, over: next });
        announce(columnName(next, forecast.interval, format));
        document.querySelector(`[data-column="${next.key}"]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
      };
    }
    if (event.key === ' ' || event.key === 'Enter') {
      return () => {
        setHeld(null);
        void move(deal, from, over);
        focusWhenThere(deal.id);
      };
    }
    if (event.key === 'Escape') {
      return () => {
        setHeld(null);
        announce('Put back.');
      };
    }
    return null;
  };

  const whileFree = (event: KeyboardEvent<HTMLElement>, deal: Deal, column: Column) => {
    const open = deal.status === 'open' && forecast.view !== 'won';
    if (event.key === ' ' && open) {
      return () => {
        setHeld({ deal, from: column, over: column });
        announce(`${deal.title} picked up. Left and right arrows choose when it is expected, Space drops it, Escape cancels.`);
      };
    }
    if (event.key === 'w' && open) return () => void win(deal);
    if (event.key === 'Enter') return () => event.currentTarget.querySelector<HTMLElement>('a')?.click();
    return focusNext(event);
  };

  return {
    move,
    win,
    key,
    held,
    isDragging,
    reached,
    reach: setReached,
    leave,
    /** The cards of a cell with those that were just moved where they go. */
    arrange: (column: Column, row: Row | null, deals: Deal[]): Deal[] => {
      const stay = deals.filter(deal => !moved.some(one => one.deal.id === deal.id));
      const come = moved.filter(one => one.to?.key === column.key && (!row || rowOf(one.deal, row))).map(one => one.deal);
      return moved.length === 0 ? deals : [...come, ...stay];
    },
  };
};

export type Moves = ReturnType<typeof useMoves>;
