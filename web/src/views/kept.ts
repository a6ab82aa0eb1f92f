import type { SavedFilter } from '../api/types';
import type { Condition } from '../filters/condition';

/** What a saved view keeps: its condition, where the API and other programs find it, and the rest of the screen's address. */
export type Kept = { where: Condition | null; list: string };

const everything: Condition = { and: [] };

export const bodyOf = (kept: Kept) => ({ condition: kept.where ?? everything, view: { list: kept.list } });

/** Filters that other programs saved have only their condition. */
export const keptOf = (view: SavedFilter): Kept => {
  const where = view.condition as Condition;
  return { where: 'and' in where && where.and.length === 0 ? null : where, list: (view.view as { list?: string } | null)?.list ?? '' };
};

/** Whether the screen shows something else than the view keeps. */
export const isChanged = (kept: Kept, view: SavedFilter) => {
  const before = keptOf(view);
  const sorted = (list: string) =>
    [...new URLSearchParams(list)]
      .map(pair => pair.join('='))
      .sort()
      .join('&');
  return sorted(before.list) !== sorted(kept.list) || JSON.stringify(before.where) !== JSON.stringify(kept.where);
};

/** An address's parameters as what a view keeps; those named belong to the moment. */
export const keptOfAddress = (params: URLSearchParams, passing: string[] = []): Kept => {
  const list = new URLSearchParams(params);
  for (const name of ['view', 'where', ...passing]) list.delete(name);
  const where = params.get('where');
  return { where: where ? (JSON.parse(where) as Condition) : null, list: list.toString() };
};

export const addressOf = (kept: Kept, view: number | null): URLSearchParams => {
  const params = new URLSearchParams(kept.list);
  if (kept.where) params.set('where', JSON.stringify(kept.where));
  if (view) params.set('view', String(view));
  return params;
};
