import { setClock } from '../ui/clock';

/** The sandbox's own addresses (docs/sandbox.md). They need no credential. */
export type JournalCall = {
  id: number;
  at: string;
  dialect: string;
  operation: string | null;
  method: string;
  path: string;
  request: string;
  status: number;
  milliseconds: number;
  headers: { name: string; value: string }[];
  reply: string;
  fault: number | null;
};

export const faultKinds = ['delay', 'drop', 'too_many', 'broken', 'unavailable', 'unauthenticated', 'stale'] as const;
export type FaultRule = {
  kind: (typeof faultKinds)[number];
  dialect: string | null;
  operation: string | null;
  every: number;
  times: number | null;
  delay_ms: number;
  seen?: number;
  struck?: number;
};

const steer = async (path: string, method = 'GET', body?: unknown) => {
  const response = await fetch(`/_sandbox${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) throw new Error(answer?.detail ?? 'The sandbox refused this.');
  return answer;
};

export const readJournal = async (): Promise<JournalCall[]> => (await steer('/journal')).data;
export const clearJournal = () => steer('/journal', 'DELETE');
export const readFaults = async (): Promise<FaultRule[]> => (await steer('/faults')).data;
export const writeFaults = (rules: FaultRule[]) =>
  steer('/faults', 'PUT', {
    rules: rules.map(({ kind, dialect, operation, every, times, delay_ms }) => ({ kind, dialect, operation, every, times, delay_ms })),
  });
type Clock = { now: string; frozen: boolean };

// Whatever the app says of days and ages is said by the sandbox's clock from then on.
const heeded = (clock: Clock) => {
  setClock(clock.now, clock.frozen);
  return clock;
};
export const readClock = async (): Promise<Clock> => heeded(await steer('/clock'));
export const moveClock = async (change: { advance_seconds?: number; frozen?: boolean }): Promise<Clock> =>
  heeded(await steer('/clock', 'POST', change));
export const reset = () => steer('/reset', 'POST');

export type Snapshot = { name: string; now: string; frozen: boolean };
export const readSnapshots = async (): Promise<Snapshot[]> => (await steer('/snapshots')).data;
export const saveSnapshot = (name: string) => steer('/snapshots', 'POST', { name });
export const restoreSnapshot = (name: string) => steer(`/snapshots/${encodeURIComponent(name)}/restore`, 'POST');
export const deleteSnapshot = (name: string) => steer(`/snapshots/${encodeURIComponent(name)}`, 'DELETE');

/** Everything that is wrong with a seed, each by its line and member. */
export class SeedRefused extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems[0]);
    this.problems = problems;
  }
}

/** What a workspace of the sandbox holds, by the key it has there. */
export const readSeed = async (workspace: string): Promise<string> => {
  const response = await fetch(`/_sandbox/seed?workspace=${encodeURIComponent(workspace)}`);
  if (!response.ok) throw new Error((await response.json())?.detail ?? 'The sandbox refused this.');
  return response.text();
};

export const refill = async (seed: string) => {
  const response = await fetch('/_sandbox/seed', { method: 'PUT', headers: { 'Content-Type': 'application/yaml' }, body: seed });
  const answer = await response.json();
  if (!response.ok) {
    throw new SeedRefused(
      answer.errors?.map((error: { message: string }) => error.message) ?? [answer.detail ?? 'The sandbox refused this.'],
    );
  }
};

/** Calls whose words are all in the address, the operation, the dialect or the status. */
export const matching = (calls: JournalCall[], search: string) => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return calls.filter(call => {
    const text = `${call.dialect} ${call.operation ?? ''} ${call.method} ${call.path} ${call.status}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
};
