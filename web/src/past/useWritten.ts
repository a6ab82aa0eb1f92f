import { useQueryClient } from '@tanstack/react-query';
import { notifyError } from '../ui/notify';

/** Everything written here shows up in the timeline and on the board. */
export const useWritten = (onClose: () => void) => {
  const queries = useQueryClient();
  const refresh = () => {
    for (const root of ['timeline', 'deal', 'board', 'notes', 'activities', 'files', 'mail'])
      void queries.invalidateQueries({ queryKey: [root] });
  };
  return {
    refresh,
    onSuccess: () => {
      onClose();
      refresh();
    },
    onError: (error: unknown) => notifyError(error, 'Not saved'),
  };
};
