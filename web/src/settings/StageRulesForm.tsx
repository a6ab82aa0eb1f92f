import { Checkbox, MultiSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Circle, Stage } from '../api/types';
import { CirclePicker } from '../pickers/CirclePicker';
import { askable } from '../stages/entry';
import { FormModal } from '../ui/FormModal';

const everyone: Circle = { roles: [], user_ids: [], group_ids: [] };

/** What a stage asks of deals that enter it, and of whoever brings them. */
export const StageRulesForm = ({ stage, onClose }: { stage: Stage; onClose: () => void }) => {
  const { fields } = useCatalog();
  const known = askable(stage.kind, fields);
  const [rules, setRules] = useState({
    required: (stage.rules?.required ?? []).filter(name => known.some(one => one.value === name)),
    may_skip: stage.rules?.may_skip ?? true,
    may_return: stage.rules?.may_return ?? true,
    who: (stage.rules?.who ?? everyone) as Circle,
  });
  const set = (part: Partial<typeof rules>) => setRules(before => ({ ...before, ...part }));
  const when = stage.kind === 'open' ? `enters ${stage.name}` : `is ${stage.kind}`;
  return (
    <FormModal
      title={`Rules of ${stage.name}`}
      keys={['stages', 'pipelines', 'board']}
      done={`Rules of ${stage.name} saved.`}
      onClose={onClose}
      onSubmit={() => ask(api.PATCH('/api/v1/stages/{id}', { params: { path: { id: stage.id } }, body: { rules } }))}
    >
      {errors => (
        <>
          <MultiSelect
            label="Required fields"
            description={`Filled in before a deal ${when}`}
            data-autofocus
            openOnFocus={false}
            searchable
            clearable
            value={rules.required}
            error={errors['rules.required']}
            onChange={required => set({ required })}
            data={known}
          />
          {stage.kind !== 'lost' && (
            <Checkbox
              label={stage.kind === 'won' ? 'Deals may be won from any stage' : 'Deals may skip stages to come here'}
              description={stage.kind === 'won' ? 'Otherwise only from the last one' : 'Otherwise they come from the stage before'}
              checked={rules.may_skip}
              onChange={event => set({ may_skip: event.currentTarget.checked })}
            />
          )}
          {stage.kind === 'open' && (
            <Checkbox
              label="Deals may come back here"
              description="From a later stage"
              checked={rules.may_return}
              onChange={event => set({ may_return: event.currentTarget.checked })}
            />
          )}
          <CirclePicker
            label={stage.kind === 'open' ? 'Who may bring deals here' : `Who may mark deals as ${stage.kind}`}
            description="Admins always may"
            value={rules.who}
            error={errors['rules.who.user_ids'] ?? errors['rules.who.group_ids']}
            onChange={who => set({ who })}
          />
          <Text size="xs" c="dimmed">
            Every way in heeds the rules: the board, imports, bulk edits, automations and all APIs. Deals that are here already stay.
          </Text>
        </>
      )}
    </FormModal>
  );
};
