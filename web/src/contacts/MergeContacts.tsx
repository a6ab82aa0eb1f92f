import { Button, Group, Radio, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Modal } from '../ui/Modal';
import { notifyDone, notifyError } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { type Kind, kinds } from './kinds';
import { preview } from './merge';

/** Two contacts side by side, which of them stays, and what it will be. */
export const MergeContacts = ({ kind, ids, onClose }: { kind: Kind; ids: [number, number]; onClose: () => void }) => {
  const [survivor, setSurvivor] = useState(ids[0]);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data, error } = useQuery({ queryKey: [kind, 'pair', ...ids], queryFn: () => Promise.all(ids.map(id => kinds[kind].get(id))) });
  const other = ids.find(id => id !== survivor)!;
  const merge = useMutation({
    mutationFn: () => kinds[kind].merge(other, survivor),
    onSuccess: kept => {
      for (const root of ['persons', 'organizations', 'person', 'organization', 'deals', 'board'])
        void queries.invalidateQueries({ queryKey: [root] });
      notifyDone(`Merged into “${kept.name}”. Deals, activities, notes and files came along.`);
      onClose();
      navigate(`${kinds[kind].list}/${kept.id}`);
    },
    onError: refused => notifyError(refused, 'They were not merged'),
  });
  const kept = data?.find(one => one.id === survivor);
  const gone = data?.find(one => one.id === other);
  return (
    <Modal opened onClose={onClose} title={`Merge two ${kind}s`} size="lg">
      {error ? (
        <ErrorState error={error} />
      ) : !kept || !gone ? (
        <LoadingRows rows={4} />
      ) : (
        <Stack>
          <Radio.Group label="Which one stays?" value={String(survivor)} onChange={id => setSurvivor(Number(id))}>
            <Group mt="xs">
              {data!.map(one => (
                <Radio key={one.id} value={String(one.id)} label={`${one.name} (${one.id})`} />
              ))}
            </Group>
          </Radio.Group>
          <Table aria-label="What it will be">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Field</Table.Th>
                <Table.Th>Stays</Table.Th>
                <Table.Th>Goes</Table.Th>
                <Table.Th>Result</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {preview(kept, gone).map(line => (
                <Table.Tr key={line.label}>
                  <Table.Td tt="capitalize">{line.label}</Table.Td>
                  <Table.Td>{line.values[0] || '–'}</Table.Td>
                  <Table.Td>{line.values[1] || '–'}</Table.Td>
                  <Table.Td fw={600}>{line.result}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Text size="sm" c="dimmed">
            Deals, activities, notes, files and further addresses of both belong to the one that stays. This cannot be undone.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button loading={merge.isPending} onClick={() => merge.mutate()}>
              Merge
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
};
