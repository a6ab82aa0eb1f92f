import { ActionIcon, Button, Group, NumberInput, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Deal } from '../api/types';
import { notifyError } from '../ui/notify';
import { useProductsRefresh } from './useProductsRefresh';

// Discounts and installments are lines of a deal alike: a description, an amount, and one thing more.

/** One line, which can be taken away. */
export const TermRow = ({ what, description, remove, children }: TermRowProps) => (
  <Group gap="xs" wrap="nowrap">
    <Text size="sm" flex={1} dir="auto" style={{ overflowWrap: 'anywhere' }}>
      {description}
    </Text>
    {children}
    <ActionIcon variant="subtle" color="gray" aria-label={`Remove the ${what} ${description}`} onClick={() => void remove()}>
      <IconTrash size={15} aria-hidden />
    </ActionIcon>
  </Group>
);

type TermRowProps = { what: 'discount' | 'installment'; description: string | null; remove: () => unknown; children: ReactNode };

type TermFormProps = {
  deal: Deal;
  label: string;
  placeholder: string;
  /** The thing more, and whether it is there. */
  children: ReactNode;
  isReady?: boolean;
  onAdd: (term: { description: string; amount: number }) => Promise<unknown>;
  onAdded?: () => void;
};

/** Adds a line; it is empty again once the line is there. */
export const TermForm = ({ deal, label, placeholder, children, isReady = true, onAdd, onAdded }: TermFormProps) => {
  const refresh = useProductsRefresh(deal);
  const [description, setDescription] = useState('');
  const [amount, setAmount] = useState<number | ''>('');
  const add = useMutation({
    mutationFn: () => onAdd({ description: description.trim(), amount: amount || 0 }),
    onSuccess: () => {
      setDescription('');
      setAmount('');
      onAdded?.();
    },
    onError: error => notifyError(error, 'Not saved'),
    onSettled: refresh,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs">
        <TextInput
          size="xs"
          label={label}
          placeholder={placeholder}
          value={description}
          onChange={event => setDescription(event.currentTarget.value)}
        />
        <NumberInput
          size="xs"
          label="Amount"
          w={110}
          hideControls
          thousandSeparator
          min={0}
          value={amount}
          onChange={next => setAmount(typeof next === 'number' ? next : '')}
        />
        {children}
        <Button size="xs" type="submit" variant="default" disabled={!description.trim() || !amount || !isReady} loading={add.isPending}>
          Add
        </Button>
      </Group>
    </form>
  );
};
