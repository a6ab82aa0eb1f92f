export type Place = { index: number; column: number };

/** Where a key leads from a cell; none for keys that lead nowhere. */
export const step = (key: string, mod: boolean, from: Place, ends: { index: number; column: number; page: number }): Place | null => {
  const { index, column } = from;
  if (mod && key !== 'Home' && key !== 'End') return null;
  switch (key) {
    case 'ArrowDown':
      return { index: index + 1, column };
    case 'ArrowUp':
      return { index: index - 1, column };
    case 'ArrowRight':
      return { index, column: column + 1 };
    case 'ArrowLeft':
      return { index, column: column - 1 };
    case 'PageDown':
      return { index: index + ends.page, column };
    case 'PageUp':
      return { index: index - ends.page, column };
    case 'Home':
      return { index: mod ? 0 : index, column: 0 };
    case 'End':
      return { index: mod ? ends.index : index, column: ends.column };
    default:
      return null;
  }
};
