import { NumberInput, Select, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Currency } from '../api/types';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';

/** What a currency is worth from a day on. */
export const SetRate = ({
  code,
  currencies,
  today,
  onClose,
}: {
  code: string;
  currencies: Currency[];
  today: string;
  onClose: () => void;
}) => {
  const { workspace } = useSession();
  const [given, setGiven] = useState({ code: code || null, day: today as string | null, rate: '' as number | string, source: 'manual' });
  return (
    <FormModal
      title="Set a rate"
      keys={['currencies', 'forecast', 'insights', 'board']}
      done="Rate saved."
      onClose={onClose}
      onSubmit={() =>
        ask(
          api.POST('/api/v1/currencies/rates', {
            body: { rates: [{ code: given.code ?? '', day: given.day ?? '', rate: Number(given.rate), source: given.source || 'manual' }] },
          }),
        )
      }
    >
      {errors => (
        <>
          <Select
            label="Currency"
            required
            searchable
            value={given.code}
            data={currencies
              .filter(one => one.code !== workspace.base_currency)
              .map(one => ({ value: one.code, label: `${one.code} · ${one.name}` }))}
            onChange={value => setGiven({ ...given, code: value })}
            error={errors['rates[0].code']}
          />
          <NumberInput
            label={`One unit is worth, in ${workspace.base_currency}`}
            required
            min={0}
            decimalScale={7}
            value={given.rate}
            onChange={rate => setGiven({ ...given, rate })}
            error={errors['rates[0].rate']}
          />
          <DateInput
            label="From"
            required
            valueFormat="YYYY-MM-DD"
            maxDate={today}
            value={given.day}
            onChange={day => setGiven({ ...given, day })}
            error={errors['rates[0].day']}
          />
          <TextInput
            label="Source"
            value={given.source}
            onChange={event => setGiven({ ...given, source: event.currentTarget.value })}
            error={errors['rates[0].source']}
          />
        </>
      )}
    </FormModal>
  );
};
