import { useState } from 'react';

/** What a form holds, and how a part of it changes. */
export const useGiven = <T extends object>(first: T) => {
  const [given, setGiven] = useState(first);
  return [given, (part: Partial<T>) => setGiven(before => ({ ...before, ...part }))] as const;
};
