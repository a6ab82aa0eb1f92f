import type { Activity } from '../api/types';

/** Days are texts like "2026-11-21"; these count in them without ever meeting a time zone. */
const day = 86_400_000;
const at = (text: string) => Date.parse(`${text}T00:00:00Z`);
const textOf = (time: number) => new Date(time).toISOString().slice(0, 10);

export const addDays = (text: string, days: number) => textOf(at(text) + days * day);

/** The seven days of a day's week; 1 is Monday, 0 Sunday. */
export const weekOf = (text: string, firstDay: number) => {
  const weekday = new Date(at(text)).getUTCDay();
  const first = addDays(text, -((weekday - firstDay + 7) % 7));
  return Array.from({ length: 7 }, (_, index) => addDays(first, index));
};

export type Due = 'overdue' | 'today' | 'upcoming' | 'undated' | 'done';

export const dueOf = (activity: Pick<Activity, 'due_on' | 'done'>, today: string): Due => {
  if (activity.done) return 'done';
  if (!activity.due_on) return 'undated';
  return activity.due_on < today ? 'overdue' : activity.due_on === today ? 'today' : 'upcoming';
};

/** By what is most urgent; what was done last. */
export const byDue = (activities: Activity[], today: string): [Due, Activity[]][] =>
  (['overdue', 'today', 'upcoming', 'undated', 'done'] as const)
    .map(due => [due, activities.filter(one => dueOf(one, today) === due)] as [Due, Activity[]])
    .filter(([, members]) => members.length > 0);

/** Minutes after midnight; none for the whole day. */
export const startOf = (activity: Pick<Activity, 'due_time'>) => {
  const [hours, minutes] = activity.due_time?.split(':').map(Number) ?? [];
  return hours === undefined ? null : hours * 60 + (minutes ?? 0);
};
