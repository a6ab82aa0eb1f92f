import { Modal as Frame, type ModalProps } from '@mantine/core';
import { useEffect, useRef } from 'react';

/** What had the focus; where that was an item of a menu, which is gone by then, what opened the menu. */
const opener = () => {
  const active = document.activeElement;
  const menu = active?.closest('[role=menu]');
  return (menu && document.querySelector<HTMLElement>(`[aria-controls="${menu.id}"]`)) ?? (active instanceof HTMLElement ? active : null);
};

/**
 * A dialog that is there while it is open. Its end gives the focus back to where it came from, which the library does only for
 * dialogs that stay mounted.
 */
export const Modal = (props: ModalProps) => {
  const before = useRef<HTMLElement | null>(undefined as never);
  if (before.current === undefined) before.current = opener();
  useEffect(
    () => () => {
      const target = before.current;
      // After the frame is gone, and only where nobody else has taken the focus.
      setTimeout(() => {
        if (target?.isConnected && (!document.activeElement || document.activeElement === document.body))
          target.focus({ preventScroll: true });
      });
    },
    [],
  );
  return <Frame closeButtonProps={{ 'aria-label': 'Close' }} {...props} />;
};
