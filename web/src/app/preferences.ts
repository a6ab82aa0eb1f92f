import { useSyncExternalStore } from 'react';

/** What a person sets for this browser. */
export type Preferences = {
  density: 'comfortable' | 'compact';
  shortcuts: boolean;
  railCollapsed: boolean;
  /** Custom fields of deals, by slug, that cards of a pipeline show beside what they always do; "all" is for pipelines that have no choice of their own. */
  cardFields: Record<string, string[]>;
  /** Whether cards count products and files. */
  cardCounts: boolean;
};

const key = 'tributary-preferences';
const standard: Preferences = { density: 'comfortable', shortcuts: true, railCollapsed: false, cardFields: {}, cardCounts: true };

const read = (): Preferences => {
  try {
    const kept = { ...standard, ...JSON.parse(localStorage.getItem(key) ?? '{}') };
    // One choice for every pipeline, as it was kept before.
    return Array.isArray(kept.cardFields) ? { ...kept, cardFields: { all: kept.cardFields } } : kept;
  } catch {
    return standard;
  }
};

let current = typeof localStorage === 'undefined' ? standard : read();
const watchers = new Set<() => void>();

export const preferences = () => current;

export const applyPreferences = () => {
  document.documentElement.dataset.density = current.density;
};

export const setPreference = <K extends keyof Preferences>(name: K, value: Preferences[K]) => {
  current = { ...current, [name]: value };
  localStorage.setItem(key, JSON.stringify(current));
  applyPreferences();
  for (const watcher of watchers) watcher();
};

export const usePreferences = () =>
  useSyncExternalStore(
    watcher => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => current,
  );
