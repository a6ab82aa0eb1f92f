import { Select } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { FormModal } from '../ui/FormModal';
import { Modal } from '../ui/Modal';

export type Tag = components['schemas']['Tag'];
/** Puts another tag in the place of one. */
export const MergeTag = ({ tag, tags, onClose }: { tag: Tag; tags: Tag[]; onClose: () => void }) => {
  const [into, setInto] = useState<string | null>(null);
  if (tags.length < 2) {
    return (
      <Modal opened onClose={onClose} title="Merge">
        There is no other tag.
      </Modal>
    );
  }
  return (
    <FormModal
      title={`Put another tag in the place of ${tag.name}`}
      submit="Merge"
      keys={['tags', 'deals']}
      done={`${tag.name} merged.`}
      onClose={onClose}
      onSubmit={() => ask(api.POST('/api/v1/tags/{id}/merge', { params: { path: { id: tag.id } }, body: { into: Number(into) } }))}
    >
      {errors => (
        <Select
          label="The tag that stays"
          required
          searchable
          value={into}
          onChange={setInto}
          error={errors.into}
          data={tags.filter(one => one.id !== tag.id).map(one => ({ value: String(one.id), label: one.name }))}
        />
      )}
    </FormModal>
  );
};
