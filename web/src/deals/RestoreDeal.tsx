import { Button } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Deal } from '../api/types';
import { notifyError } from '../ui/notify';
import { restoreDeals } from './changes';

/** Brings a deleted deal back. */
export const RestoreDeal = ({ deal }: { deal: Deal }) => {
  const queries = useQueryClient();
  return (
    <Button
      variant="default"
      leftSection={<IconRestore size={16} aria-hidden />}
      onClick={() => restoreDeals([deal.id]).then(() => queries.invalidateQueries({ queryKey: ['deal', deal.id] }), notifyError)}
    >
      Restore
    </Button>
  );
};
