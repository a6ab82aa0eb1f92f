import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { FormModal } from '../ui/FormModal';
import { NameField } from './NameField';

/** A pipeline by its name and those of its first stages. */
export const NewPipeline = ({ onClose, onAdded }: { onClose: () => void; onAdded: (id: number) => void }) => {
  const [name, setName] = useState('');
  const [stages, setStages] = useState('Qualified, Proposal, Negotiation');
  const add = async () => {
    const names = stages.split(',').flatMap(stage => stage.trim() || []);
    const body = {
      name,
      stages: names.map((stage, index) => ({ name: stage, probability: Math.round((100 * (index + 1)) / (names.length + 1)) })),
    };
    onAdded((await ask(api.POST('/api/v1/pipelines', { body }))).id);
  };
  return (
    <FormModal title="New pipeline" submit="Add" keys={['pipelines', 'stages']} done={`${name} added.`} onClose={onClose} onSubmit={add}>
      {errors => (
        <>
          <NameField value={name} error={errors.name} onChange={setName} />
          <TextInput
            label="Stages"
            description="From left to right, separated by commas; a won and a lost stage are added"
            value={stages}
            error={errors.stages}
            onChange={event => setStages(event.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
};
