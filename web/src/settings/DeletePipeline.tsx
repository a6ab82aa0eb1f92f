import { Text } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Pipeline } from '../api/types';
import { StagePicker } from '../pickers/pickers';
import { FormModal } from '../ui/FormModal';
import { useOpenDeals } from './useOpenDeals';

/** Asks where the deals of a pipeline go before it is deleted. */
export const DeletePipeline = ({ pipeline, onClose }: { pipeline: Pipeline; onClose: () => void }) => {
  const deals = useOpenDeals({ pipeline_id: pipeline.id });
  const [stage, setStage] = useState<number | null>(null);
  return (
    <FormModal
      title={`Delete ${pipeline.name}?`}
      submit="Delete the pipeline"
      danger
      keys={['pipelines', 'stages', 'deals', 'board']}
      done={`${pipeline.name} deleted.`}
      onClose={onClose}
      onSubmit={() =>
        ask(api.DELETE('/api/v1/pipelines/{id}', { params: { path: { id: pipeline.id }, query: { move_to: stage ?? undefined } } }))
      }
    >
      {errors => (
        <>
          <Text size="sm">
            {deals === undefined
              ? 'Counting its deals…'
              : deals === 0
                ? 'It has no open deals.'
                : `It has ${deals} open deals. Closed ones go with them.`}
          </Text>
          <StagePicker
            label="Its deals go to"
            description="Needed when it has deals, closed ones included"
            value={stage}
            onChange={setStage}
            error={errors.move_to}
          />
        </>
      )}
    </FormModal>
  );
};
