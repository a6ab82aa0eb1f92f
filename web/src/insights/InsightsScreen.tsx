import { Group, Select, Stack, Title } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconChartBar } from '@tabler/icons-react';
import { FirstRunActions } from '../app/FirstRunActions';
import { useIsFirstRun } from '../app/useIsFirstRun';
import { ScopeBar } from '../scope/ScopeBar';
import { Empty, ErrorState, LoadingPage } from '../ui/states';
import classes from './Insights.module.css';
import type { CardProps } from './Measure';
import { ActivityCard, MovementCard, WinRateCard, WonCard } from './monthCards';
import { presets } from './period';
import { AgeingCard, FunnelCard, LossCard, VelocityCard } from './stageCards';
import { useSetting } from './useReports';

/** What the deals tell together. The bar above holds for all; each card says how it counts. */
export default function InsightsScreen() {
  const at = useSetting();
  const { params, set } = at.state;
  const isFirstRun = useIsFirstRun();
  const chosen = params.get('period') ?? 'last_12_months';
  if (at.catalog.error) return <ErrorState error={at.catalog.error} />;
  if (at.catalog.isLoading) return <LoadingPage />;
  return (
    <Stack gap="md" p="md">
      <Title order={1} size="h2">
        Insights
      </Title>
      <ScopeBar state={at.state}>
        <Select
          aria-label="Period"
          w={160}
          allowDeselect={false}
          value={chosen}
          data={presets}
          onChange={period =>
            set({ period: period === 'last_12_months' ? null : period, ...(period === 'custom' ? {} : { from: null, to: null }) })
          }
        />
        {chosen === 'custom' && (
          <Group gap={6}>
            <DateInput
              aria-label="First day"
              w={130}
              valueFormat="YYYY-MM-DD"
              clearable
              value={params.get('from')}
              onChange={from => set({ from })}
            />
            <DateInput
              aria-label="Last day"
              w={130}
              valueFormat="YYYY-MM-DD"
              clearable
              value={params.get('to')}
              onChange={to => set({ to })}
            />
          </Group>
        )}
      </ScopeBar>
      {isFirstRun ? (
        <Empty icon={IconChartBar} title="Nothing to tell yet" actions={<FirstRunActions />}>
          Funnel, velocity, win rate and the rest are counted from deals as they move. Bring yours, or look around with invented ones.
        </Empty>
      ) : (
        <Cards at={at} />
      )}
    </Stack>
  );
}

const Cards = ({ at }: CardProps) => (
  <div className={classes.grid}>
    <FunnelCard at={at} />
    <VelocityCard at={at} />
    <WonCard at={at} />
    <WinRateCard at={at} />
    <MovementCard at={at} />
    <LossCard at={at} />
    <AgeingCard at={at} />
    <ActivityCard at={at} />
  </div>
);
