import { Button, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCatalog } from '../api/catalog';
import type { Deal, DealPatch, Stage } from '../api/types';
import { Modal } from '../ui/Modal';
import { EntryInputs, type Given, patchOf } from './EntryInputs';

type Props = { deals: Deal[]; to: Stage; names: string[]; onDone: (patch: DealPatch) => void; onClose: () => void };

/** Asks for what deals lack to enter a stage; the answer goes with the move, in one request. */
export const EntryDialog = ({ deals, to, names, onDone, onClose }: Props) => {
  const catalog = useCatalog();
  const [given, setGiven] = useState<Given>({});
  const currency = deals[0]?.currency ?? 'EUR';
  const what = deals.length === 1 ? `“${deals[0]!.title}”` : `${deals.length} deals`;
  const where = to.kind === 'open' ? to.name : to.kind === 'won' ? 'Won' : 'Lost';
  const send = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onDone(patchOf(given, names, catalog, currency));
  };
  return (
    <Modal opened onClose={onClose} title={`${where} asks for more`}>
      <form onSubmit={send}>
        <Stack gap="sm">
          <Text size="sm">
            {to.kind === 'open' ? `Before ${what} can enter ${to.name}:` : `Before ${what} can be ${to.kind}:`}
            {deals.length > 1 && ' All of them get what you fill in.'}
          </Text>
          <EntryInputs names={names} currency={currency} given={given} onChange={setGiven} />
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit">{to.kind === 'open' ? 'Move' : to.kind === 'won' ? 'Mark as won' : 'Mark as lost'}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
