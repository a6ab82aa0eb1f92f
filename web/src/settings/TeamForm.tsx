import { Select } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { UserGroup } from '../api/types';
import { teamOf } from '../scope/scope';
import { FormModal } from '../ui/FormModal';
import { NameField } from './NameField';

/** What a team is called, and below which one it stands. */
export const TeamForm = ({ group, groups, onClose }: { group: UserGroup | null; groups: UserGroup[]; onClose: () => void }) => {
  const [name, setName] = useState(group?.name ?? '');
  const [parent, setParent] = useState<string | null>(group?.parent_id == null ? null : String(group.parent_id));
  const below = group ? teamOf(group.id, groups) : new Set<number>();
  const body = { name, parent_id: parent ? Number(parent) : null };
  return (
    <FormModal
      title={group ? `Change ${group.name}` : 'New team'}
      keys={['groups']}
      done={`${name} saved.`}
      onClose={onClose}
      onSubmit={() =>
        group
          ? ask(api.PATCH('/api/v1/groups/{id}', { params: { path: { id: group.id } }, body }))
          : ask(api.POST('/api/v1/groups', { body }))
      }
    >
      {errors => (
        <>
          <NameField value={name} error={errors.name} onChange={setName} />
          <Select
            label="Below"
            placeholder="At the top"
            clearable
            value={parent}
            error={errors.parent_id}
            onChange={setParent}
            data={groups.filter(one => !below.has(one.id)).map(one => ({ value: String(one.id), label: one.name }))}
          />
        </>
      )}
    </FormModal>
  );
};
