import { useEffect, useLayoutEffect } from 'react';
import { announce } from '../ui/announce';

const name = 'Tributary';
let isFirst = true;

/** The window is called after its screen, and those who do not see it change are told. */
export const useScreenTitle = (title: string) =>
  // Before the effects of what stands inside, so that a record may put its own name over it.
  useLayoutEffect(() => {
    document.title = `${title} · ${name}`;
    if (!isFirst) announce(title);
    isFirst = false;
  }, [title]);

/** The window is called after a record while it is shown; nothing while it is not known. */
export const useRecordTitle = (title: string | undefined) =>
  useEffect(() => {
    if (title === undefined) return;
    const before = document.title;
    document.title = `${title} · ${name}`;
    return () => {
      document.title = before;
    };
  }, [title]);
