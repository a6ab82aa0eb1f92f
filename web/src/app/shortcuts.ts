import { useEffect, useRef, useSyncExternalStore } from 'react';
import { preferences } from './preferences';

/**
 * A key that does something. "g b" is G, then B; "mod+k" is Ctrl or ⌘ with K. Single keys rest while somebody types, or
 * while a dialog is open, unless the shortcut says that it belongs there.
 */
export type Shortcut = { keys: string; label: string; group: string; run: (event: KeyboardEvent) => void; inDialogs?: boolean };

const active = new Map<symbol, Shortcut[]>();
const watchers = new Set<() => void>();
let snapshot: Shortcut[] = [];
let prefix = '';
let prefixTimer: ReturnType<typeof setTimeout> | undefined;

const changed = () => {
  snapshot = [...active.values()].flat();
  for (const watcher of watchers) watcher();
};

/** The name of a key press, as shortcuts write it. */
export const nameOf = (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>) => {
  const key = event.key === ' ' ? 'space' : event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase();
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : '';
  return `${mod}${event.altKey ? 'alt+' : ''}${shift}${key}`;
};

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="listbox"],[role="menu"],[role="dialog"]:not([aria-modal="true"])') !== null);

// Looked at when the press begins: Escape closes a dialog before it comes here, and must then close nothing else.
let inDialog = false;
const look = () => {
  inDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
};

const press = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  const free = name.startsWith('mod+');
  if (!free && (isTyping(event.target) || !preferences().shortcuts)) return;
  const asked = prefix ? `${prefix} ${name}` : name;
  clearTimeout(prefixTimer);
  prefix = '';
  const known = [...snapshot].reverse().filter(one => one.inDialogs || free || !inDialog);
  const found = known.find(one => one.keys === asked) ?? known.find(one => one.keys === name);
  if (found) {
    event.preventDefault();
    found.run(event);
  } else if (known.some(one => one.keys.startsWith(`${name} `))) {
    prefix = name;
    prefixTimer = setTimeout(() => {
      prefix = '';
    }, 1200);
  }
};

if (typeof document !== 'undefined') {
  window.addEventListener('keydown', look, { capture: true });
  document.addEventListener('keydown', press);
}

/** Shortcuts that work while the component is there; `?` shows them all. Later ones win over earlier ones. */
export const useShortcuts = (shortcuts: Shortcut[]) => {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const shape = shortcuts.map(one => `${one.keys}\n${one.label}\n${one.group}`).join('\n\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what they do may change with each render, what they are called seldom does.
  useEffect(() => {
    const mine = Symbol('shortcuts');
    active.set(
      mine,
      latest.current.map((one, index) => ({ ...one, run: event => latest.current[index]?.run(event) })),
    );
    changed();
    return () => {
      active.delete(mine);
      changed();
    };
  }, [shape]);
};

export const useActiveShortcuts = () =>
  useSyncExternalStore(
    watcher => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => snapshot,
  );
