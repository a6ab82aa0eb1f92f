import { type KeyboardEvent, useState } from 'react';

/** A long list of buttons as one stop of the Tab key: the arrows, Home and End go through it. `current` is where one enters. */
export const useRoving = (ids: string[], current: string | undefined) => {
  const [reached, setReached] = useState<string>();
  const entry = [reached, current].find(id => id !== undefined && ids.includes(id)) ?? ids[0];
  return {
    tabIndex: (id: string) => (id === entry ? 0 : -1),
    onFocus: setReached,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
      const at = buttons.indexOf(document.activeElement as HTMLElement);
      const next = nextOf(event.key, at, buttons.length);
      if (next === null) return;
      event.preventDefault();
      buttons[next]?.focus();
    },
  };
};

/** Where a key leads from one place of so many; null where it leads nowhere. */
export const nextOf = (key: string, at: number, count: number): number | null => {
  if (count === 0) return null;
  if (key === 'ArrowDown') return Math.min(count - 1, at + 1);
  if (key === 'ArrowUp') return Math.max(0, at - 1);
  return key === 'Home' ? 0 : key === 'End' ? count - 1 : null;
};
