import { Button, Group, Stack } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useMutation } from '@tanstack/react-query';
import type { Deal } from '../api/types';
import { useWritten } from '../past/useWritten';
import { uploadFile } from './files';

type Props = { deal: Deal; onClose: () => void };

/** Files that belong to the deal, dropped or chosen. */
export const FileForm = ({ deal, onClose }: Props) => {
  const save = useMutation({
    ...useWritten(onClose),
    mutationFn: (files: File[]) => Promise.all(files.map(file => uploadFile(file, deal.id))),
  });
  return (
    <Stack gap="xs">
      <Dropzone onDrop={files => save.mutate(files)} loading={save.isPending} aria-label="Files">
        <Stack align="center" gap={2} p="md" style={{ pointerEvents: 'none' }}>
          Drop files here, or press to choose them.
        </Stack>
      </Dropzone>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
    </Stack>
  );
};
