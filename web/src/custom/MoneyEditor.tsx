import { Group, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { CurrencyPicker } from '../pickers/pickers';
import type { Money } from './customText';
import { leaving } from './leaving';

/** A sum and what it is paid in. */
export const MoneyEditor = ({
  label,
  value,
  currency,
  close,
  onSave,
}: {
  label: string;
  value: Money | null;
  currency: string;
  close: () => void;
  onSave: (value: Money | null) => void;
}) => {
  const [amount, setAmount] = useState<number | ''>(value?.value ?? '');
  const [code, setCode] = useState(value?.currency ?? currency);
  const save = () => {
    if (amount !== (value?.value ?? '') || code !== (value?.currency ?? currency))
      onSave(amount === '' ? null : { value: amount, currency: code });
    close();
  };
  return (
    <Group gap={4} wrap="nowrap" onBlur={leaving(save)}>
      <NumberInput
        aria-label={label}
        autoFocus
        hideControls
        thousandSeparator
        value={amount}
        onChange={next => setAmount(typeof next === 'number' ? next : '')}
        onKeyDown={event => event.key === 'Enter' && save()}
      />
      <CurrencyPicker
        aria-label={`${label}: currency`}
        comboboxProps={{ withinPortal: false }}
        value={code}
        onChange={next => next && setCode(next)}
      />
    </Group>
  );
};
