import type { SavedFilter } from '../api/types';
import type { Kept } from '../views/kept';
import { keptOf } from '../views/kept';
import { type ListState, readState, writeState } from './useListState';

/** What a saved view keeps of the list; the deal that is open beside it belongs to the moment. */
export const keptOfState = (state: ListState): Kept => ({
  where: state.where,
  list: writeState({ ...state, where: null, view: null, deal: null }).toString(),
});

/** The list as it was kept. */
export const stateOfKept = (kept: Kept, view: number | null): ListState => ({
  ...readState(new URLSearchParams(kept.list)),
  where: kept.where,
  view,
});

export const stateOf = (view: SavedFilter) => stateOfKept(keptOf(view), view.id);
