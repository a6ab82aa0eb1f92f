import { Button, Paper, Select, Stack, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { api, ask } from '../api/client';
import { CurrencyPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { useGiven } from '../ui/useGiven';
import { Section } from './Section';
import { useAct } from './useAct';

const zones = Intl.supportedValuesOf('timeZone');

/** What holds for everyone. */
export default function WorkspaceSection() {
  const { workspace, isAdmin } = useSession();
  const act = useAct('session', 'workspace', 'board', 'forecast', 'insights');
  const [given, set] = useGiven({
    name: workspace.name,
    base_currency: workspace.base_currency,
    time_zone: workspace.time_zone,
    report_rates: workspace.report_rates,
  });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    await act(() => ask(api.PATCH('/api/v1/workspace', { body: given })), 'Saved.');
  };
  return (
    <Section
      title="Workspace"
      lead="The time zone decides which day today is, for everyone. The base currency, which totals are converted to, cannot change while rates are stored."
    >
      <Paper withBorder p="md" maw={560}>
        <form onSubmit={save}>
          <Stack gap="sm">
            <TextInput
              label="Name"
              required
              disabled={!isAdmin}
              value={given.name}
              onChange={event => set({ name: event.currentTarget.value })}
            />
            <CurrencyPicker
              label="Base currency"
              disabled={!isAdmin}
              value={given.base_currency}
              onChange={code => set({ base_currency: code ?? given.base_currency })}
            />
            <Select
              label="Time zone"
              searchable
              disabled={!isAdmin}
              value={given.time_zone}
              data={[...new Set(['UTC', ...zones, given.time_zone])]}
              onChange={zone => set({ time_zone: zone ?? 'UTC' })}
            />
            <Select
              label="Rates of closed deals in reports"
              description="A deal that closes keeps the rate of that day, also when it is corrected later. Without one by then, and for open deals, today's holds."
              disabled={!isAdmin}
              allowDeselect={false}
              value={given.report_rates}
              data={[
                { value: 'today', label: "Today's" },
                { value: 'locked', label: 'Of the day they closed' },
              ]}
              onChange={rates => set({ report_rates: rates === 'locked' ? 'locked' : 'today' })}
            />
            {isAdmin && (
              <Button type="submit" w="fit-content">
                Save
              </Button>
            )}
          </Stack>
        </form>
      </Paper>
    </Section>
  );
}
