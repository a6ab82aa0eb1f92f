import { describe, expect, it } from 'vitest';
import type { Board, Deal } from '../api/types';
import {
  activityState,
  appendCards,
  daysRotten,
  findCard,
  mergeColumns,
  moveCards,
  neighbour,
  refreshCards,
  removeCards,
  sumByCurrency,
} from './board';

const deal = (id: number, stage = 1, more: Partial<Deal> = {}) =>
  ({ id, stage_id: stage, status: 'open', title: `Deal ${id}`, value: 100, currency: 'EUR', probability: null, ...more }) as Deal;
const column = (id: number, cards: Deal[], next: string | null = null) => ({
  stage: { id, probability: 50 },
  totals: { deals: cards.length, value: cards.length * 100, weighted_value: cards.length * 50, converted_to: 'EUR' },
  cards,
  next_cursor: next,
});
const board = (...columns: ReturnType<typeof column>[]) => ({ pipeline: { id: 1 }, columns }) as unknown as Board;
const ids = (shown: Board) => shown.columns.map(one => one.cards.map(card => card.id));

describe('moving', () => {
  const shown = board(column(1, [deal(1), deal(2)]), column(2, [deal(3, 2)]));

  it('takes the card and its value along', () => {
    const moved = moveCards(shown, [1], 2);
    expect(ids(moved)).toEqual([[2], [1, 3]]);
    expect(moved.columns.map(one => one.totals?.value)).toEqual([100, 200]);
    expect(findCard(moved, 1)?.stage_id).toBe(2);
  });

  it('weighs with the probability of the stage it comes to', () => {
    expect(moveCards(shown, [1, 2], 2).columns[1]?.totals?.weighted_value).toBe(150);
  });

  it('puts several before a card in their order', () => expect(ids(moveCards(shown, [1, 2], 2, 3))).toEqual([[], [1, 2, 3]]));

  it('leaves sums of other currencies to the server', () => {
    const foreign = board(column(1, [deal(1, 1, { currency: 'USD' })]), column(2, []));
    expect(moveCards(foreign, [1], 2).columns[1]?.totals).toMatchObject({ deals: 1, value: 0 });
  });

  it('changes nothing for a card that is not there', () => expect(moveCards(shown, [99], 2)).toBe(shown));

  it('removes', () => expect(ids(removeCards(shown, [1, 3]))).toEqual([[2], []]));
});

describe('what was loaded below the first page', () => {
  const before = appendCards(board(column(1, [deal(1), deal(2)], 'a')), 1, [deal(3), deal(4)], 'b');

  it('stays when the first page comes anew', () => {
    const merged = mergeColumns(before, board(column(1, [deal(5), deal(1)], 'fresh')));
    expect(ids(merged)).toEqual([[5, 1, 3, 4]]);
    expect(merged.columns[0]?.next_cursor).toBe('b');
  });

  it('is never shown twice', () => expect(ids(mergeColumns(before, board(column(1, [deal(3), deal(1)], 'fresh'))))).toEqual([[3, 1, 4]]));

  it('goes when the column became short or the pipeline is another', () => {
    expect(ids(mergeColumns(before, board(column(1, [deal(1)]))))).toEqual([[1]]);
    expect(ids(mergeColumns({ ...before, pipeline: { ...before.pipeline!, id: 2 } }, board(column(1, [deal(9)], 'x'))))).toEqual([[9]]);
  });

  it('is shown as it is now, or not at all', () => {
    const now = refreshCards(before, [3, 4], [deal(3, 1, { title: 'New' }), deal(4, 2)]);
    expect(ids(now)).toEqual([[1, 2, 3]]);
    expect(findCard(now, 3)?.title).toBe('New');
  });
});

it('tells what waits for somebody', () => {
  const next = (on: string | null) => ({ facts: { next_activity_on: on } }) as Deal;
  expect(['2026-11-20', '2026-11-21', '2026-11-22', null].map(on => activityState(next(on), '2026-11-21'))).toEqual([
    'overdue',
    'today',
    'planned',
    'none',
  ]);
});

it('knows how long a deal has rotted', () => {
  const touched = deal(1, 1, { facts: { touched_at: '2026-11-01T00:00:00Z' } as Deal['facts'] });
  const now = Date.parse('2026-11-13T00:00:00Z');
  expect(daysRotten(touched, 10, now)).toBe(12);
  expect(daysRotten(touched, 14, now)).toBeNull();
  expect(daysRotten({ ...touched, status: 'won' }, 10, now)).toBeNull();
  expect(daysRotten(touched, null, now)).toBeNull();
});

it('never adds currencies up', () => {
  expect(
    sumByCurrency([deal(1), deal(2, 1, { value: 50 }), deal(3, 1, { currency: 'USD', value: 700 }), deal(4, 1, { value: null })]),
  ).toEqual([
    ['USD', 700],
    ['EUR', 150],
  ]);
});

it('finds the card beside', () => {
  const columns = [
    { id: 1, cards: [1, 2, 3] },
    { id: 2, cards: [] },
    { id: 3, cards: [4] },
  ];
  expect(neighbour(columns, null, 'down')).toBe(1);
  expect(neighbour(columns, 3, 'right')).toBe(4);
  expect(neighbour(columns, 3, 'down')).toBe(3);
  expect(neighbour(columns, 4, 'left')).toBe(1);
  expect(neighbour(columns, 1, 'left')).toBe(1);
});
