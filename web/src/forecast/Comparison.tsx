import { Group, Skeleton, Text } from '@mantine/core';
import { Link } from 'react-router';
import { movementNames } from '../insights/movements';
import { linkTo } from '../scope/scope';
import { ErrorState } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import classes from './Forecast.module.css';
import type { ForecastState } from './useForecast';

/** What is asked for most is told even when there was none of it. */
const always = new Set(['new', 'grown', 'lost']);

/** What became of the open deals of thirty days ago: what slipped, grew, came and went. */
export const Comparison = ({ forecast }: { forecast: ForecastState }) => {
  const format = useFormat();
  const { comparison } = forecast;
  if (!comparison) return null;
  if (comparison.error) return <ErrorState error={comparison.error} onRetry={() => void comparison.refetch()} />;
  const data = comparison.data;
  if (!data?.movement) return <Skeleton height={58} mx="md" mb="xs" />;
  const { movement } = data;
  const money = (value: number) => format.money(Math.round(value), movement.converted_to, true);
  const signed = (value: number) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${money(Math.abs(value))}`;
  const count = (deals: number) => `${format.number(deals)} ${deals === 1 ? 'deal' : 'deals'}`;
  const parts = [
    {
      name: `Open on ${format.day(data.since?.slice(0, 10))}`,
      deals: movement.start?.deals ?? 0,
      text: money(movement.start?.value ?? 0),
      link: linkTo(movement.start?.deal_ids),
    },
    ...movement.lines
      .filter(line => line.deals > 0 || always.has(line.kind))
      .map(line => ({
        name: movementNames[line.kind] ?? line.kind,
        deals: line.deals,
        text: signed(line.value),
        link: linkTo(line.deal_ids),
      })),
    { name: 'Open now', deals: movement.end?.deals ?? 0, text: money(movement.end?.value ?? 0), link: linkTo(movement.end?.deal_ids) },
    {
      name: 'Slipped',
      deals: data.slipped?.deals ?? 0,
      text: money(data.slipped?.value ?? 0),
      link: linkTo(data.slipped?.deal_ids),
      apart: true,
    },
    {
      name: 'Pulled in',
      deals: data.pulled_in?.deals ?? 0,
      text: money(data.pulled_in?.value ?? 0),
      link: linkTo(data.pulled_in?.deal_ids),
      apart: true,
    },
  ];
  return (
    <section className={classes.comparison} aria-label="Compared with 30 days ago">
      <Group gap="lg" wrap="nowrap">
        {parts.map(part => (
          <div key={part.name} data-apart={('apart' in part && part.apart) || undefined}>
            <Text size="xs" c="dimmed">
              {part.name}
            </Text>
            <Text size="sm" fw={650} className="tabular" style={{ whiteSpace: 'nowrap' }}>
              {part.text}
            </Text>
            <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {part.link ? <Link to={part.link}>{count(part.deals)}</Link> : count(part.deals)}
            </Text>
          </div>
        ))}
      </Group>
    </section>
  );
};
