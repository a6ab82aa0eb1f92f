import { ActionIcon, Button, Group, Paper, Table, Text, TextInput, Title } from '@mantine/core';
import { IconCamera, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyDone, notifyError } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { deleteSnapshot, readSnapshots, restoreSnapshot, saveSnapshot } from './steering';

const key = ['sandbox', 'snapshots'];

/** States of the sandbox under names, to come back to. */
export const Snapshots = () => {
  const client = useQueryClient();
  const format = useFormat();
  const [name, setName] = useState('');
  const { data: snapshots, error, refetch } = useQuery({ queryKey: key, queryFn: readSnapshots });
  const refused = { onError: (problem: Error) => notifyError(problem) };
  const save = useMutation({
    mutationFn: saveSnapshot,
    ...refused,
    onSuccess: async () => {
      setName('');
      await client.invalidateQueries({ queryKey: key });
    },
  });
  const restore = useMutation({
    mutationFn: restoreSnapshot,
    ...refused,
    onSuccess: async (_, restored) => {
      await client.invalidateQueries();
      notifyDone(`The sandbox is as it was at “${restored}”.`);
    },
  });
  const remove = useMutation({ mutationFn: deleteSnapshot, ...refused, onSuccess: () => client.invalidateQueries({ queryKey: key }) });
  return (
    <Paper withBorder p="md" radius="md">
      <Title order={2} size="h4">
        Snapshots
      </Title>
      <Text size="sm" c="dimmed" my="xs">
        Keep records, files, credentials and the time under a name, and go back to them whenever a test needs that beginning. They last as
        long as the sandbox runs.
      </Text>
      <form
        onSubmit={event => {
          event.preventDefault();
          save.mutate(name.trim());
        }}
      >
        <Group gap="xs" align="end">
          <TextInput
            label="Name of the new snapshot"
            placeholder="Before the merge"
            value={name}
            maxLength={60}
            onChange={event => setName(event.currentTarget.value)}
            style={{ flex: 1 }}
          />
          <Button type="submit" disabled={!name.trim()} loading={save.isPending} leftSection={<IconCamera size={16} aria-hidden />}>
            Save
          </Button>
        </Group>
      </form>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!snapshots && !error && <LoadingRows rows={1} />}
      {snapshots && snapshots.length > 0 && (
        <Table mt="sm" aria-label="Snapshots">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Its time</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {snapshots.map(snapshot => (
              <Table.Tr key={snapshot.name}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{snapshot.name}</Table.Td>
                <Table.Td>{format.instant(snapshot.now)}</Table.Td>
                <Table.Td>
                  <Group gap="xs" justify="end" wrap="nowrap">
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={restore.isPending && restore.variables === snapshot.name}
                      onClick={() => restore.mutate(snapshot.name)}
                      aria-label={`Restore ${snapshot.name}`}
                    >
                      Restore
                    </Button>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={`Delete ${snapshot.name}`}
                      loading={remove.isPending && remove.variables === snapshot.name}
                      onClick={() => remove.mutate(snapshot.name)}
                    >
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  );
};
