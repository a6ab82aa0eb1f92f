import { Group, SegmentedControl, Select, Switch, Title } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import { ScopeBar } from '../scope/ScopeBar';
import { useSession } from '../session/useSession';
import classes from './Forecast.module.css';
import type { ForecastState } from './useForecast';

const views = [
  { value: 'close', label: 'Expected close' },
  { value: 'won', label: 'Won' },
  { value: 'recurring', label: 'Recurring (MRR)' },
];

const intervals = [
  { value: 'week', label: 'Weeks' },
  { value: 'month', label: 'Months' },
  { value: 'quarter', label: 'Quarters' },
];

const groups = [
  { value: 'owner', label: 'Rows: owners' },
  { value: 'pipeline', label: 'Rows: pipelines' },
];

const rates = [
  { value: 'today', label: "Today's rates" },
  { value: 'locked', label: 'Rates at closing' },
];

/** What the forecast is about, and how it is cut. All of it is in the address. */
export const ForecastHeader = ({ forecast }: { forecast: ForecastState }) => {
  const { workspace } = useSession();
  const { currencies } = useCatalog();
  const { set } = forecast.state;
  return (
    <div className={classes.head}>
      <Group justify="space-between">
        <Title order={1} size="h2">
          Forecast
        </Title>
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="By"
            value={forecast.view}
            data={views}
            onChange={by => set({ by: by === 'close' ? null : by })}
          />
          <SegmentedControl
            size="xs"
            aria-label="Columns"
            value={forecast.interval}
            data={intervals}
            onChange={interval => set({ interval: interval === 'month' ? null : interval })}
          />
        </Group>
      </Group>
      <ScopeBar state={forecast.state}>
        <Select
          aria-label="Rows"
          placeholder="One row"
          w={150}
          clearable
          value={forecast.groupBy}
          data={groups}
          onChange={group => set({ group })}
        />
        <Select
          aria-label="Currency of the totals"
          w={95}
          searchable
          allowDeselect={false}
          value={forecast.currency ?? workspace.base_currency}
          data={currencies.filter(one => one.rate != null || one.code === workspace.base_currency).map(one => one.code)}
          onChange={currency => set({ currency: currency === workspace.base_currency ? null : currency })}
        />
        <Select
          aria-label="Rates of won deals"
          title="Won deals count at the rate of the day they closed, or at today's; open ones always at today's"
          w={150}
          allowDeselect={false}
          value={forecast.rates ?? workspace.report_rates}
          data={rates}
          onChange={value => set({ rates: value === workspace.report_rates ? null : value })}
        />
        {forecast.view === 'close' && (
          <Switch
            label="Compare with 30 days ago"
            checked={forecast.comparison !== null}
            onChange={event => set({ compare: event.currentTarget.checked ? '30' : null })}
          />
        )}
      </ScopeBar>
    </div>
  );
};
