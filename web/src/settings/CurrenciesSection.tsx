import { ActionIcon, Alert, Button, Checkbox, NumberInput, Select, Switch, Table, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconHistory, IconInfoCircle, IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { Currency } from '../api/types';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { useFormat } from '../ui/useFormat';
import { Rows } from './Rows';
import { Section } from './Section';
import { useAct } from './useAct';

type Open = { what: 'rate' | 'rates'; code: string } | { what: 'own' } | null;

/** Which currencies there are and what they are worth. */
export default function CurrenciesSection() {
  const { isAdmin, mayManage, workspace } = useSession();
  const format = useFormat();
  const act = useAct('currencies');
  const [open, setOpen] = useState<Open>(null);
  const [all, setAll] = useState(false);
  const [search, setSearch] = useState('');
  const query = useQuery({
    queryKey: ['currencies'],
    queryFn: () => ask(api.GET('/api/v1/currencies', { params: { query: { limit: 500 } } })),
  });
  const text = search.toLowerCase();
  const rows = (query.data?.data ?? []).filter(
    one =>
      (all || one.rate != null || one.code === workspace.base_currency || !one.is_active || one.is_custom || text) &&
      `${one.code} ${one.name}`.toLowerCase().includes(text),
  );
  return (
    <Section
      title="Currencies and rates"
      lead={`Totals are converted to ${workspace.base_currency}, the workspace's base currency, at the latest rate. A rate says how much of it one unit is worth from a day on.`}
      actions={
        mayManage && (
          <>
            <Button variant="default" onClick={() => setOpen({ what: 'own' })}>
              Own currency
            </Button>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen({ what: 'rate', code: '' })}>
              Rate
            </Button>
          </>
        )
      }
    >
      {!isAdmin && !mayManage && <Alert icon={<IconInfoCircle size={16} aria-hidden />}>Admins and managers set rates.</Alert>}
      <div style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
        <TextInput
          aria-label="Search currencies"
          placeholder="Search"
          w={220}
          value={search}
          onChange={event => setSearch(event.currentTarget.value)}
        />
        <Checkbox label="Also those without a rate" checked={all} onChange={event => setAll(event.currentTarget.checked)} />
      </div>
      <Rows
        label="Currencies"
        query={query}
        rows={rows}
        head={['Code', 'Name', `Rate in ${workspace.base_currency}`, 'Offered', '']}
        empty="Nothing matches."
      >
        {one => (
          <Table.Tr key={one.code}>
            <Table.Td fw={600}>{one.code}</Table.Td>
            <Table.Td>
              {one.name}
              {one.is_custom && ' · own'}
            </Table.Td>
            <Table.Td className="tabular">{one.code === workspace.base_currency ? '1 (base)' : one.rate == null ? '–' : one.rate}</Table.Td>
            <Table.Td>
              <Switch
                aria-label={`Offer ${one.code}`}
                checked={one.is_active}
                disabled={!mayManage || one.code === workspace.base_currency}
                onChange={event =>
                  void act(
                    () =>
                      ask(
                        api.PATCH('/api/v1/currencies/{code}', {
                          params: { path: { code: one.code } },
                          body: { is_active: event.currentTarget.checked },
                        }),
                      ),
                    'Saved.',
                  )
                }
              />
            </Table.Td>
            <Table.Td>
              {one.code !== workspace.base_currency && (
                <>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Rates of ${one.code}`}
                    onClick={() => setOpen({ what: 'rates', code: one.code })}
                  >
                    <IconHistory size={16} aria-hidden />
                  </ActionIcon>
                  {mayManage && (
                    <Button size="compact-xs" variant="subtle" onClick={() => setOpen({ what: 'rate', code: one.code })}>
                      Set rate
                    </Button>
                  )}
                </>
              )}
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
      {open?.what === 'rate' && (
        <SetRate code={open.code} currencies={query.data?.data ?? []} today={format.today()} onClose={() => setOpen(null)} />
      )}
      {open?.what === 'rates' && <Rates code={open.code} onClose={() => setOpen(null)} />}
      {open?.what === 'own' && <OwnCurrency onClose={() => setOpen(null)} />}
    </Section>
  );
}

const SetRate = ({ code, currencies, today, onClose }: { code: string; currencies: Currency[]; today: string; onClose: () => void }) => {
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

const Rates = ({ code, onClose }: { code: string; onClose: () => void }) => {
  const act = useAct('currencies', 'rates');
  const { mayManage } = useSession();
  const query = useQuery({
    queryKey: ['rates', code],
    queryFn: () => ask(api.GET('/api/v1/currencies/{code}/rates', { params: { path: { code }, query: { limit: 100 } } })),
  });
  return (
    <FormModal title={`Rates of ${code}`} submit="Done" keys={[]} size="lg" onClose={onClose} onSubmit={async () => {}}>
      {() => (
        <Rows label={`Rates of ${code}`} query={query} head={['From', 'Rate', 'Source', '']} empty="Nobody said what it is worth.">
          {rate => (
            <Table.Tr key={rate.day}>
              <Table.Td>{rate.day}</Table.Td>
              <Table.Td className="tabular">{rate.rate}</Table.Td>
              <Table.Td>{rate.source}</Table.Td>
              <Table.Td>
                {mayManage && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Delete the rate of ${rate.day}`}
                    onClick={() =>
                      void act(
                        () => ask(api.DELETE('/api/v1/currencies/{code}/rates/{day}', { params: { path: { code, day: rate.day ?? '' } } })),
                        'Rate deleted.',
                        () =>
                          ask(
                            api.POST('/api/v1/currencies/rates', {
                              body: { rates: [{ code, day: rate.day ?? '', rate: rate.rate, source: rate.source }] },
                            }),
                          ),
                      )
                    }
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                )}
              </Table.Td>
            </Table.Tr>
          )}
        </Rows>
      )}
    </FormModal>
  );
};

const OwnCurrency = ({ onClose }: { onClose: () => void }) => {
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
