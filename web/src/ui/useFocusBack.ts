import { useEffect, useRef } from 'react';

/** What has the focus; where that is an item of a menu, which is about to go, what opened the menu. */
const opener = () => {
  const active = document.activeElement;
  const menu = active?.closest('[role=menu]');
  return (menu && document.querySelector<HTMLElement>(`[aria-controls="${menu.id}"]`)) ?? (active instanceof HTMLElement ? active : null);
};

/** When the component goes, the focus comes back to where it was before, or to what stands there now. */
export const useFocusBack = (otherwise?: () => HTMLElement | null) => {
  const before = useRef<HTMLElement | null>(undefined as never);
  if (before.current === undefined) before.current = opener();
  const latest = useRef(otherwise);
  latest.current = otherwise;
  useEffect(
    () => () => {
      const was = before.current;
      // After it is gone, and only where nobody else has taken the focus.
      setTimeout(() => {
        if (document.activeElement && document.activeElement !== document.body) return;
        const target = was?.isConnected && was !== document.body ? was : latest.current?.();
        target?.focus({ preventScroll: true });
      });
    },
    [],
  );
};
