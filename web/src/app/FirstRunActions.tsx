import { Button } from '@mantine/core';
import { IconSparkles, IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { notifyDone, notifyError } from '../ui/notify';

/** Where nothing is yet: bring what there is, or look around with invented records. */
export const FirstRunActions = () => {
  const { isAdmin } = useSession();
  const queries = useQueryClient();
  const load = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/workspace/sample-data')),
    onSuccess: made => {
      void queries.invalidateQueries();
      notifyDone(`${made.deals} sample deals are here. Find them by their tag “sample” when they should go.`);
    },
    onError: error => notifyError(error, 'Sample data were not loaded'),
  });
  return (
    <>
      {isAdmin && (
        <Button
          variant="default"
          leftSection={<IconSparkles size={16} aria-hidden />}
          loading={load.isPending}
          onClick={() => load.mutate()}
        >
          Load sample data
        </Button>
      )}
      <Button variant="default" component={Link} to="/import" leftSection={<IconUpload size={16} aria-hidden />}>
        Import
      </Button>
    </>
  );
};
