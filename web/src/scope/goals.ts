import type { components } from '../api/types';

export type Goal = components['schemas']['Goal'];

/** Whose deals are shown. With a team, only those of its members. */
export type Whose = { owner: number | null; pipeline: number | null; members: number[] | null };

/** What is to be won in some time, and where the number comes from: set for exactly this, or the sum of so many narrower goals. */
export type Aim = { value: number; currency: string; from: 'set' | 'pipelines' | 'owners'; parts: number };

const perYear = { week: 365.25 / 7, month: 12, quarter: 4 };

/**
 * The goal for what is shown. The one that was set for exactly this owner and pipeline comes first; where there is none, the
 * goals of the same owner in each pipeline are added up, and then those of the owners (of a team, its members). A goal for more than is
 * shown is no measure of it and is not shown. Parts in several currencies have no sum.
 */
export const goalFor = (goals: Goal[], days: Days, interval: keyof typeof perYear, whose: Whose): Aim | null => {
  const held = goals.filter(goal => (goal.from ?? '') <= days.last && (goal.until == null || goal.until >= days.first));
  const set = (owner: number | null, pipeline: number | null): Aim | null => {
    const goal = held.find(one => (one.owner_id ?? null) === owner && (one.pipeline_id ?? null) === pipeline);
    if (!goal) return null;
    return { value: (goal.value * perYear[goal.period]) / perYear[interval], currency: goal.currency, from: 'set', parts: 1 };
  };
  const ofOwner = (owner: number | null) =>
    set(owner, whose.pipeline) ??
    (whose.pipeline === null
      ? sum(
          'pipelines',
          known(held.filter(goal => (goal.owner_id ?? null) === owner).map(goal => goal.pipeline_id)).map(pipeline => set(owner, pipeline)),
        )
      : null);
  if (whose.owner !== null) return ofOwner(whose.owner);
  const owners = known(held.map(goal => goal.owner_id)).filter(owner => whose.members?.includes(owner) ?? true);
  return (whose.members === null ? ofOwner(null) : null) ?? sum('owners', owners.map(ofOwner));
};

type Days = { first: string; last: string };

const known = (ids: (number | null | undefined)[]) => [...new Set(ids.flatMap(id => id ?? []))];

const sum = (from: Aim['from'], aims: (Aim | null)[]): Aim | null => {
  const parts = aims.flatMap(aim => aim ?? []);
  const currency = parts[0]?.currency;
  if (currency === undefined || parts.some(part => part.currency !== currency)) return null;
  return { value: parts.reduce((total, part) => total + part.value, 0), currency, from, parts: parts.length };
};

/** Where a goal comes from, for people. */
export const originOf = ({ from, parts }: Aim) =>
  from === 'set' ? 'set for this' : parts === 1 ? `the goal of 1 ${from.slice(0, -1)}` : `the goals of ${parts} ${from} together`;
