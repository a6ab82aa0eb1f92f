import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Pipeline } from '../api/types';
import { FormModal } from '../ui/FormModal';

/** One more stage, before the outcomes. */
export const NewStage = ({ pipeline, place, onClose }: { pipeline: Pipeline; place: number; onClose: () => void }) => {
  const [name, setName] = useState('');
  const [probability, setProbability] = useState<number | string>(50);
  return (
    <FormModal
      title="New stage"
      submit="Add"
      keys={['stages', 'pipelines', 'board']}
      done={`${name} added.`}
      onClose={onClose}
      onSubmit={() =>
        ask(api.POST('/api/v1/stages', { body: { pipeline_id: pipeline.id, name, probability: Number(probability), position: place } }))
      }
    >
      {errors => (
        <>
          <TextInput
            label="Name"
            required
            data-autofocus
            value={name}
            error={errors.name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <NumberInput
            label="Probability"
            suffix=" %"
            min={0}
            max={100}
            value={probability}
            error={errors.probability}
            onChange={setProbability}
          />
        </>
      )}
    </FormModal>
  );
};
