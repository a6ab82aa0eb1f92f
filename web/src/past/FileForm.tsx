import { Button, Group, Stack } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useMutation } from '@tanstack/react-query';
import { type About, uploadFile } from './about';
import { useWritten } from './useWritten';

type Props = { about: About; onClose: () => void };

/** Files that belong to a record, dropped or chosen. */
export const FileForm = ({ about, onClose }: Props) => {
  const save = useMutation({
    ...useWritten(onClose),
    mutationFn: (files: File[]) => Promise.all(files.map(file => uploadFile(file, about))),
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
