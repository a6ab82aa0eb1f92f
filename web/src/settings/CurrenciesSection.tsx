import { ActionIcon, Alert, Button, Checkbox, Switch, Table, TextInput } from '@mantine/core';
import { IconHistory, IconInfoCircle, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { useFormat } from '../ui/useFormat';
import { CurrencyRates } from './CurrencyRates';
import { OwnCurrency } from './OwnCurrency';
import { Rows } from './Rows';
import { Section } from './Section';
import { SetRate } from './SetRate';
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
        empty="Set a rate to convert what is paid in another currency."
        onClear={text ? () => setSearch('') : undefined}
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
      {open?.what === 'rates' && <CurrencyRates code={open.code} onClose={() => setOpen(null)} />}
      {open?.what === 'own' && <OwnCurrency onClose={() => setOpen(null)} />}
    </Section>
  );
}
