import type { Board, BoardColumn, Deal } from '../api/types';
import type { Format } from '../ui/format';

/** The pure half of the board: what is shown after a change, before the server says so. */

export type ActivityState = 'overdue' | 'today' | 'planned' | 'none';

/** What the next activity of a deal says; `today` is the workspace's day. */
export const activityState = (deal: Pick<Deal, 'facts'>, today: string): ActivityState => {
  const on = deal.facts?.next_activity_on;
  if (!on) return 'none';
  return on < today ? 'overdue' : on === today ? 'today' : 'planned';
};

/** Days that a deal has rotted, or null while it is fresh. */
export const daysRotten = (deal: Deal, rottenDays: number | null | undefined, now: number): number | null => {
  const touched = deal.facts?.touched_at;
  if (!rottenDays || !touched || deal.status !== 'open') return null;
  const days = Math.floor((now - Date.parse(touched)) / 86_400_000);
  return days >= rottenDays ? days : null;
};

/** A fresh first page, with the cards that were loaded below it before: a change elsewhere must not throw the reader back to the top. */
export const mergeColumns = (before: Board | undefined, fresh: Board): Board => {
  if (!before || before.pipeline?.id !== fresh.pipeline?.id) return fresh;
  const seen = new Set(fresh.columns.flatMap(column => column.cards.map(card => card.id)));
  return {
    ...fresh,
    columns: fresh.columns.map(column => {
      const old = before.columns.find(one => one.stage?.id === column.stage?.id);
      if (!old || !column.next_cursor || old.cards.length <= column.cards.length) return column;
      const tail = old.cards.slice(column.cards.length).filter(card => !seen.has(card.id));
      return { ...column, cards: [...column.cards, ...tail], next_cursor: old.next_cursor };
    }),
  };
};

/** Changed deals among the cards that a fresh first page did not bring: shown as they are now, or taken away. */
export const refreshCards = (board: Board, ids: number[], now: Deal[]): Board => {
  const fresh = new Map(now.map(deal => [deal.id, deal]));
  return {
    ...board,
    columns: board.columns.map(column => ({
      ...column,
      cards: column.cards.flatMap(card => {
        if (!ids.includes(card.id)) return [card];
        const deal = fresh.get(card.id);
        return deal && deal.status === 'open' && deal.stage_id === column.stage?.id && !deal.deleted_at && !deal.archived_at ? [deal] : [];
      }),
    })),
  };
};

export const appendCards = (board: Board, stageId: number, cards: Deal[], next: string | null): Board => ({
  ...board,
  columns: board.columns.map(column => {
    if (column.stage?.id !== stageId) return column;
    const known = new Set(column.cards.map(card => card.id));
    return { ...column, cards: [...column.cards, ...cards.filter(card => !known.has(card.id))], next_cursor: next };
  }),
});

export const findCard = (board: Board | undefined, id: number): Deal | undefined => {
  for (const column of board?.columns ?? []) {
    const found = column.cards.find(card => card.id === id);
    if (found) return found;
  }
  return undefined;
};

/** Counts and sums of a column change with the card; only what is surely known is changed, the server's numbers follow. */
const count = (column: BoardColumn, deals: Deal[], sign: 1 | -1): BoardColumn => {
  if (!column.totals) return column;
  const probability = column.stage?.probability ?? 0;
  let { value, weighted_value, deals: number } = column.totals;
  for (const deal of deals) {
    number += sign;
    if (deal.currency !== column.totals.converted_to) continue;
    value += sign * (deal.value ?? 0);
    weighted_value += (sign * (deal.value ?? 0) * (deal.probability ?? probability)) / 100;
  }
  return { ...column, totals: { ...column.totals, deals: number, value, weighted_value } };
};

/** Takes cards off the board. */
export const removeCards = (board: Board, ids: number[]): Board => ({
  ...board,
  columns: board.columns.map(column => {
    const gone = column.cards.filter(card => ids.includes(card.id));
    return gone.length === 0 ? column : { ...count(column, gone, -1), cards: column.cards.filter(card => !ids.includes(card.id)) };
  }),
});

/** Puts cards into a stage: before a card, or on top where the order decides the place. */
export const moveCards = (board: Board, ids: number[], stageId: number, beforeId: number | null = null): Board => {
  const moved = ids.flatMap(id => findCard(board, id) ?? []);
  if (moved.length === 0) return board;
  const without = removeCards(board, ids);
  return {
    ...without,
    columns: without.columns.map(column => {
      if (column.stage?.id !== stageId) return column;
      const at = beforeId === null ? -1 : column.cards.findIndex(card => card.id === beforeId);
      const cards = [...column.cards];
      cards.splice(Math.max(at, 0), 0, ...moved.map(card => ({ ...card, stage_id: stageId, stage_changed_at: new Date().toISOString() })));
      return { ...count(column, moved, 1), cards };
    }),
  };
};

/** The sum of some deals by currency, for "3 deals · €42,000". */
export const sumByCurrency = (deals: Deal[]): [currency: string, value: number][] => {
  const sums = new Map<string, number>();
  for (const deal of deals) if (deal.value) sums.set(deal.currency, (sums.get(deal.currency) ?? 0) + deal.value);
  return [...sums].sort((a, b) => b[1] - a[1]);
};

/** "3 deals · €42,000", each currency for itself. */
export const describe = (deals: Deal[], count: number, format: Pick<Format, 'money'>): string => {
  const sums = sumByCurrency(deals).map(([currency, value]) => format.money(value, currency));
  return [count === 1 ? '1 deal' : `${count} deals`, ...(sums.length > 0 ? [sums.join(' + ')] : [])].join(' · ');
};

/** Where the arrow keys lead from a card. */
export const neighbour = (
  columns: { id: number; cards: number[] }[],
  id: number | null,
  key: 'up' | 'down' | 'left' | 'right',
): number | null => {
  const filled = columns.filter(column => column.cards.length > 0);
  const x = filled.findIndex(column => id !== null && column.cards.includes(id));
  if (x < 0) return filled[0]?.cards[0] ?? null;
  const column = filled[x]!;
  const y = column.cards.indexOf(id!);
  if (key === 'up') return column.cards[Math.max(0, y - 1)] ?? null;
  if (key === 'down') return column.cards[Math.min(column.cards.length - 1, y + 1)] ?? null;
  const beside = filled[key === 'left' ? x - 1 : x + 1];
  return beside ? (beside.cards[Math.min(y, beside.cards.length - 1)] ?? null) : id;
};
