import { api, ask } from '../api/client';
import { Problem } from '../api/problem';
import type { Deal, DealPatch } from '../api/types';
import { type ListState, queryOf, standardSort, writeSort } from './useListState';

/** A deal as a bulk edit needs it: its version, and what must be known to put it back. */
export type Target = { id: number; version: number } & Partial<Deal>;

/** What is done to each of many deals. `fields` are those that taking it back needs. */
export type BulkChange =
  | { kind: 'update'; label: string; fields: string[]; patch: (deal: Target) => DealPatch; back: (deal: Target) => DealPatch }
  | { kind: 'delete' | 'restore'; label: string; fields: string[] };

type Item = { operation: 'update' | 'delete' | 'restore'; id: number; version?: number; deal?: DealPatch };
type Outcome = { target: Target; version: number | null; problem: string | null };

/** What would become of the deals, or became of them. */
export type Report = { changed: Target[]; unchanged: number; refused: { reason: string; ids: number[] }[] };

export type Progress = (done: number, total: number) => void;

const atOnce = 200;
const listAtOnce = 500;

export const itemOf = (change: BulkChange, target: Target): Item =>
  change.kind === 'update' ? { operation: 'update', id: target.id, deal: change.patch(target) } : { operation: change.kind, id: target.id };

/** Takes one change back, unless somebody changed the deal since: that is what the version is for. */
export const backItem = (change: BulkChange, target: Target): Item =>
  change.kind === 'update'
    ? { operation: 'update', id: target.id, version: target.version, deal: change.back(target) }
    : { operation: change.kind === 'delete' ? 'restore' : 'delete', id: target.id, version: target.version };

/** Outcomes as a person reads them: refusals by their reason, most frequent first. */
export const summarize = (outcomes: Outcome[]): Report => {
  const reasons = new Map<string, number[]>();
  const changed: Target[] = [];
  let unchanged = 0;
  for (const { target, version, problem } of outcomes) {
    if (problem) reasons.set(problem, [...(reasons.get(problem) ?? []), target.id]);
    else if (version === target.version) unchanged++;
    else changed.push({ ...target, version: version ?? target.version });
  }
  return {
    changed,
    unchanged,
    refused: [...reasons].map(([reason, ids]) => ({ reason, ids })).sort((a, b) => b.ids.length - a.ids.length),
  };
};

/** The sentence of the preview: "312 will change, 5 refused: …". */
export const sentence = ({ changed, unchanged, refused }: Report, number: (value: number) => string, done = false) => {
  const no = refused.reduce((sum, one) => sum + one.ids.length, 0);
  const parts = [`${number(changed.length)} ${done ? 'changed' : 'will change'}`];
  if (unchanged) parts.push(`${number(unchanged)} ${done ? 'were' : 'are'} so already`);
  if (no)
    parts.push(`${number(no)} refused: ${refused[0]!.reason}${refused.length > 1 ? ` (and ${refused.length - 1} other reasons)` : ''}`);
  return parts.join(', ');
};

/** All deals of the list, with what the change needs of them. */
export const collect = async (state: ListState, fields: string[], progress: Progress, signal: AbortSignal): Promise<Target[]> => {
  const found: Target[] = [];
  let cursor: string | undefined;
  do {
    const query = {
      ...queryOf(state),
      sort: [writeSort(standardSort[state.tab])!],
      fields: ['id', 'version', ...fields],
      limit: listAtOnce,
      cursor,
      total: cursor === undefined,
    };
    const page = await patient(() => ask(api.GET('/api/v1/deals', { params: { query }, signal })), signal);
    found.push(...(page.data as Target[]));
    progress(found.length, page.total ?? found.length);
    cursor = page.next_cursor ?? undefined;
  } while (cursor);
  return found;
};

/** Those of the ids that are still there, with what the change needs of them. */
export const collectIds = async (ids: number[], fields: string[], signal: AbortSignal): Promise<Target[]> => {
  const found: Target[] = [];
  for (let at = 0; at < ids.length; at += listAtOnce) {
    const where = JSON.stringify({ field: 'id', operator: 'in', values: ids.slice(at, at + listAtOnce) });
    const query = { where, scope: 'any' as const, fields: ['id', 'version', ...fields], limit: listAtOnce };
    found.push(...((await patient(() => ask(api.GET('/api/v1/deals', { params: { query }, signal })), signal)).data as Target[]));
  }
  return found;
};

/** Does it to all of them, some at a time; a dry run only asks what would become of them. */
export const run = async (
  items: { item: Item; target: Target }[],
  dryRun: boolean,
  progress: Progress,
  signal: AbortSignal,
): Promise<Report> => {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < items.length; at += atOnce) {
    const some = items.slice(at, at + atOnce);
    const body = { items: some.map(one => one.item) as never, dry_run: dryRun };
    const results = (await patient(() => ask(api.POST('/api/v1/deals/batch', { body, signal })), signal)).data;
    results.forEach((result, index) => {
      const problem = result.problem as { detail?: string; errors?: { message: string }[] } | undefined;
      outcomes.push({
        target: some[index]!.target,
        version: result.version ?? null,
        problem: problem ? (problem.errors?.[0]?.message ?? problem.detail ?? 'refused') : null,
      });
    });
    progress(outcomes.length, items.length);
  }
  return summarize(outcomes);
};

/** Waits when the server says that it is too much at once. */
const patient = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 429 || attempt > 8 || signal.aborted) throw error;
      await new Promise(resolve => setTimeout(resolve, attempt * 500));
    }
  }
};
