import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { FormModal } from '../ui/FormModal';

/** A currency that ISO 4217 does not know. */
export const OwnCurrency = ({ onClose }: { onClose: () => void }) => {
  const [given, setGiven] = useState({ code: '', name: '', symbol: '' });
  return (
    <FormModal
      title="A currency of your own"
      submit="Add"
      keys={['currencies']}
      done={`${given.code} added.`}
      onClose={onClose}
      onSubmit={() =>
        ask(
          api.POST('/api/v1/currencies', {
            body: { code: given.code, name: given.name, ...(given.symbol ? { symbol: given.symbol } : {}) },
          }),
        )
      }
    >
      {errors => (
        <>
          <TextInput
            label="Code"
            description="Three letters that ISO 4217 does not use"
            required
            maxLength={3}
            value={given.code}
            error={errors.code}
            onChange={event => setGiven({ ...given, code: event.currentTarget.value.toUpperCase() })}
          />
          <TextInput
            label="Name"
            required
            value={given.name}
            error={errors.name}
            onChange={event => setGiven({ ...given, name: event.currentTarget.value })}
          />
          <TextInput
            label="Symbol"
            value={given.symbol}
            error={errors.symbol}
            onChange={event => setGiven({ ...given, symbol: event.currentTarget.value })}
          />
        </>
      )}
    </FormModal>
  );
};
