import { useSyncExternalStore } from 'react';

/** What a person sets for this browser. */
export type Preferences = {
  density: 'comfortable' | 'compact';
  shortcuts: boolean;
  railCollapsed: boolean;
  /** Custom fields of deals, by slug, that cards show beside what they always do. */
  cardFields: string[];
  /** Whether cards count products and files. */
  cardCounts: boolean;
};

const key = 'tributary-preferences';
const standard: Preferences = { density: 'comfortable', shortcuts: true, railCollapsed: false, cardFields: [], cardCounts: true };

const read = (): Preferences => {
  try {
    return { ...standard, ...JSON.parse(localStorage.getItem(key) ?? '{}') };
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
