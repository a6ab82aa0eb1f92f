import type { SavedFilter } from '../api/types';
import type { Condition } from '../filters/condition';
import { type ListState, readState, writeState } from './useListState';

const everything: Condition = { and: [] };

/** What a saved filter keeps: the condition where the API finds it, and the rest of the address as its view. */
export const viewOf = (state: ListState) => ({
  condition: state.where ?? everything,
  view: { list: writeState({ ...state, where: null, view: null, deal: null }).toString() },
});

/** The list as the view kept it; filters that other programs saved have only their condition. */
export const stateOf = (view: SavedFilter): ListState => {
  const list = (view.view as { list?: string } | null)?.list ?? '';
  const where = view.condition as Condition;
  const isEmpty = 'and' in where && where.and.length === 0;
  return { ...readState(new URLSearchParams(list)), where: isEmpty ? null : where, view: view.id };
};

/** Whether the list shows something else than the view keeps. */
export const isChanged = (state: ListState, view: SavedFilter) =>
  writeState({ ...state, deal: null }).toString() !== writeState(stateOf(view)).toString();
