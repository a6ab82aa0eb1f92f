import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Modal } from './Modal';

type Props = {
  /** "person": the dialog is "New person" and its button "Add the person". */
  noun: string;
  size?: string;
  isReady: boolean;
  isBusy: boolean;
  onAdd: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** The frame of what makes a new record: its fields, and the way out and in. Enter adds. */
export const AddDialog = ({ noun, size, isReady, isBusy, onAdd, onClose, children }: Props) => {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd();
  };
  return (
    <Modal opened onClose={onClose} title={`New ${noun}`} size={size}>
      <form onSubmit={submit}>
        <Stack>
          {children}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy} disabled={!isReady}>
              Add the {noun}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
