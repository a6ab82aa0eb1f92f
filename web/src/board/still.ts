import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Board } from '../api/types';

const still = new WeakSet<Board>();

/** Shows a board that this browser made: a card that a hand put down, a page that was scrolled to. Nothing glides to where it is. */
export const showStill = (queries: QueryClient, key: QueryKey, change: (board: Board) => Board) => {
  const shown = queries.setQueryData<Board>(key, board => board && change(board));
  if (shown) still.add(shown);
};

export const isStill = (board: Board) => still.has(board);
