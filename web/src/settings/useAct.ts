import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { notifyDone, notifyError } from '../ui/notify';

/** Does something on the server, says so, and reads again what it changed. False when it was refused, which is said too. */
export const useAct = (...keys: string[]) => {
  const queries = useQueryClient();
  const all = keys.join(' ');
  return useCallback(
    async (work: () => Promise<unknown>, done?: string, undo?: () => Promise<unknown>) => {
      const refresh = () => Promise.all(all.split(' ').map(key => queries.invalidateQueries({ queryKey: [key] })));
      try {
        await work();
        await refresh();
        if (done) {
          notifyDone(
            done,
            undo &&
              (async () => {
                await undo();
                await refresh();
              }),
          );
        }
        return true;
      } catch (error) {
        notifyError(error);
        return false;
      }
    },
    [queries, all],
  );
};
