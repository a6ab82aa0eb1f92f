/** Editors of two parts save when the focus leaves both. */
export const leaving = (run: () => void) => (event: React.FocusEvent<HTMLElement>) => {
  if (!event.currentTarget.contains(event.relatedTarget as Node | null)) run();
};
