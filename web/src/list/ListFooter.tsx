import { Group, Text } from '@mantine/core';
import type { Summary } from '../api/types';
import { Explained } from '../ui/Explained';
import { useFormat } from '../ui/useFormat';

/** What all deals of the list come to, not only those in sight. */
export const ListFooter = ({ summary, count }: { summary: Summary | undefined; count: number | undefined }) => {
  const format = useFormat();
  if (count === undefined) return null;
  const several = summary && summary.currencies.length > 1;
  return (
    <Group
      component="footer"
      gap="lg"
      px="md"
      py={7}
      wrap="nowrap"
      aria-label="Totals"
      style={{
        borderTop: '1px solid var(--t-line)',
        background: 'var(--t-surface)',
        overflowX: 'auto',
        whiteSpace: 'nowrap',
        flex: 'none',
      }}
    >
      <Text size="sm" fw={600}>
        {format.number(count)} {count === 1 ? 'deal' : 'deals'}
      </Text>
      {summary?.currencies.map(one => (
        <Text key={one.currency} size="sm" className="tabular">
          {format.money(one.value, one.currency)}{' '}
          <Text component="span" size="xs" c="dimmed">
            ({format.number(one.deals)})
          </Text>
        </Text>
      ))}
      {summary && summary.deals > 0 && (
        <Explained
          tip={
            summary.not_converted.length > 0
              ? `At today's rates, without ${summary.not_converted.join(', ')}: there is no rate for it.`
              : 'At today’s rates. Weighted: value × probability.'
          }
        >
          <Text component="span" size="sm" c="dimmed" className="tabular">
            {several && `= ${format.money(summary.value, summary.converted_to)} · `}weighted{' '}
            {format.money(summary.weighted_value, summary.converted_to)}
          </Text>
        </Explained>
      )}
    </Group>
  );
};
