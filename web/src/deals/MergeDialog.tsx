import { Button, Group, Radio, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Deal, DealPatch } from '../api/types';
import { fieldName, fieldValue } from '../past/words';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { Modal } from '../ui/Modal';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';

const fields = [
  'title',
  'value',
  'currency',
  'stage_id',
  'owner_id',
  'person_id',
  'org_id',
  'expected_close',
  'probability',
  'label_ids',
  'source',
  'description',
] as const;
type Name = (typeof fields)[number];

/** Two deals side by side: where they differ, one chooses; everything that hangs on either goes to the one that stays. */
export default function MergeDialog({ deal, onClose }: { deal: Deal; onClose: () => void }) {
  const catalog = useCatalog();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [other, setOther] = useState<Picked | null>(null);
  const [chosen, setChosen] = useState<Partial<Record<Name, 'mine' | 'theirs'>>>({});
  const { data: their } = useQuery({
    queryKey: ['deal', other?.id, 'merge'],
    queryFn: () =>
      ask(api.GET('/api/v1/deals/{id}', { params: { path: { id: other!.id }, query: { include: ['person', 'organization'] } } })),
    enabled: other !== null,
  });
  const differing = their ? fields.filter(name => JSON.stringify(deal[name]) !== JSON.stringify(their[name])) : [];

  const merge = useMutation({
    mutationFn: async () => {
      // This deal stays. What is to be the other's is written first, so that merging changes nothing that was chosen.
      const patch = Object.fromEntries(differing.filter(name => chosen[name] === 'theirs').map(name => [name, their![name]])) as DealPatch;
      if (Object.keys(patch).length > 0) await ask(api.PATCH('/api/v1/deals/{id}', { params: { path: { id: deal.id } }, body: patch }));
      return ask(api.POST('/api/v1/deals/{id}/merge', { params: { path: { id: their!.id } }, body: { survivor_id: deal.id } }));
    },
    onSuccess: () => {
      notifyDone(`Merged. “${other?.name}” is part of this deal now.`);
      void queries.invalidateQueries();
      onClose();
      navigate(`/deals/${deal.id}`);
    },
    onError: error => notifyError(error, 'Not merged'),
  });
  const text = (from: Deal, name: Name) =>
    name === 'person_id'
      ? (from.person?.name ?? '–')
      : name === 'org_id'
        ? (from.organization?.name ?? '–')
        : fieldValue(name, from[name], catalog, format);

  return (
    <Modal opened onClose={onClose} title="Merge deals" size="xl">
      <Stack>
        <RecordPicker
          kind="deal"
          label="Merge this deal with"
          autoFocus
          value={other}
          onChange={picked => setOther(picked?.id === deal.id ? null : picked)}
        />
        {their && (
          <>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Field</Table.Th>
                  <Table.Th>{deal.title} (stays)</Table.Th>
                  <Table.Th>{their.title}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {differing.map(name => (
                  <Table.Tr key={name}>
                    <Table.Td>{fieldName(name, catalog)}</Table.Td>
                    {(['mine', 'theirs'] as const).map(side => (
                      <Table.Td key={side}>
                        <Radio
                          name={name}
                          checked={(chosen[name] ?? 'mine') === side}
                          onChange={() => setChosen(before => ({ ...before, [name]: side }))}
                          label={text(side === 'mine' ? deal : their, name)}
                        />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <Text size="sm" c="dimmed">
              Activities, notes, files, products, participants, followers and history of both stay together. The other deal ends.
            </Text>
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={!their} loading={merge.isPending} onClick={() => merge.mutate()}>
            Merge
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
