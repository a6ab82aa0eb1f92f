import { Text } from '@mantine/core';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Stage } from '../api/types';
import { StagePicker } from '../pickers/pickers';
import { FormModal } from '../ui/FormModal';

/** Deletes a stage once it is known where its deals go. */
export const DeleteStage = ({ stage, deals, onClose }: { stage: Stage; deals: number | undefined; onClose: () => void }) => {
  const catalog = useCatalog();
  const [to, setTo] = useState<number | null>(null);
  const others = catalog.stagesOf(stage.pipeline_id).filter(one => one.kind === 'open' && one.id !== stage.id);
  return (
    <FormModal
      title={`Delete the stage ${stage.name}?`}
      submit="Delete the stage"
      danger
      keys={['stages', 'pipelines', 'deals', 'board']}
      done={`${stage.name} deleted.`}
      onClose={onClose}
      onSubmit={() => ask(api.DELETE('/api/v1/stages/{id}', { params: { path: { id: stage.id }, query: { move_to: to ?? undefined } } }))}
    >
      {errors => (
        <>
          <Text size="sm">
            {deals ? `${deals} open deals are in this stage.` : 'No open deal is in this stage.'} Its deals, closed ones included, need
            another stage.
          </Text>
          <StagePicker
            label="Where do its deals go?"
            pipelineId={others.length > 0 ? stage.pipeline_id : null}
            value={to}
            onChange={id => setTo(id === stage.id ? null : id)}
            error={errors.move_to ?? (to === null && errors.id)}
          />
        </>
      )}
    </FormModal>
  );
};
