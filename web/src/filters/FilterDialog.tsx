import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { Modal } from '../ui/Modal';
import { type Condition, complete } from './condition';
import { FilterBuilder } from './FilterBuilder';
import type { FilterSubject } from './fields';

/** The condition of a list, put together and then applied at once. */
export const FilterDialog = ({
  subject,
  value,
  onApply,
  onClose,
}: {
  subject: FilterSubject;
  value: Condition | null;
  onApply: (where: Condition | null) => void;
  onClose: () => void;
}) => {
  const [draft, setDraft] = useState(value);
  return (
    <Modal opened onClose={onClose} title="Filter" size={760}>
      <FilterBuilder subject={subject} value={draft} onChange={setDraft} />
      <Group justify="flex-end" mt="lg">
        <Button variant="subtle" color="gray" onClick={() => setDraft(null)}>
          Clear
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          onClick={() => {
            onApply(complete(draft));
            onClose();
          }}
        >
          Apply
        </Button>
      </Group>
    </Modal>
  );
};
