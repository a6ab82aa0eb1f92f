import { expect, test } from 'vitest';
import type { Board } from '../api/types';
import { motions } from './motion';

/** Columns by the ids of their cards; stages are numbered from 1. */
const board = (...columns: number[][]) =>
  ({ columns: columns.map((cards, at) => ({ stage: { id: at + 1 }, cards: cards.map(id => ({ id })) })) }) as unknown as Board;

/** The same cards, each where it would be drawn; what stands below the third is out of sight. */
const sight = (of: Board) =>
  new Map(of.columns.flatMap((column, x) => column.cards.slice(0, 3).map((card, y) => [card.id, { x: x * 270, y: y * 130 }] as const)));

const between = (before: Board, after: Board) =>
  Object.fromEntries(motions(before, after, sight(before), sight(after)).map(one => [one.id, one.kind]));

test('a card of another stage glides there, and its neighbours make room', () => {
  expect(between(board([1, 2], [3]), board([2], [1, 3]))).toEqual({ 1: 'glides', 2: 'shifts', 3: 'shifts' });
});

test('a new card comes, a closed one goes', () => {
  expect(between(board([1, 2]), board([9, 2]))).toEqual({ 1: 'goes', 9: 'comes' });
});

test('a card that moves out of sight goes, and one that comes from there comes', () => {
  expect(between(board([1], [2, 3, 4]), board([], [2, 3, 4, 1]))).toEqual({ 1: 'goes' });
  expect(between(board([], [2, 3, 4, 1]), board([1], [2, 3, 4]))).toEqual({ 1: 'comes' });
});

test('a card that only scrolls into sight neither comes nor goes', () => {
  expect(between(board([1, 2, 3, 4]), board([2, 3, 4]))).toEqual({ 1: 'goes', 2: 'shifts', 3: 'shifts' });
});

test('nothing moves where nothing changed, nor where everything did', () => {
  const same = board([1, 2], [3]);
  expect(between(same, board([1, 2], [3]))).toEqual({});
  const many = Array.from({ length: 80 }, (_, at) => [at]);
  expect(between(board(...many), board([], ...many))).toEqual({});
});
