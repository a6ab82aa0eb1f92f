import '@mantine/charts/styles.css';
import { BarChart, CompositeChart } from '@mantine/charts';
import { useNavigate } from 'react-router';
import type { Report } from './report';

/** A report as bars. Each bar that knows its deals opens them; keys and screen readers have the table for that. */
export const Chart = ({ report, title }: { report: Report; title: string }) => {
  const navigate = useNavigate();
  const { shape, format } = report;
  const series = report.series.filter(one => !one.apart);
  const isLying = shape === 'bars' || shape === 'stackedBars';
  const data = report.rows.map(row => ({
    label: row.label,
    ...row.values,
    links: row.links,
    note: row.note,
    color: row.color,
    ...(shape === 'waterfall' ? { standalone: row.standsAlone } : {}),
  }));
  const hasNotes = report.rows.some(row => row.note);
  const bar = (one: { name: string }) => ({
    cursor: report.rows.some(row => row.links?.[one.name]) ? 'pointer' : undefined,
    isAnimationActive: false,
    // Recharts hands over the row under its own name.
    onClick: (given: { payload?: (typeof data)[number] }) => {
      const link = given.payload?.links?.[one.name];
      if (link) navigate(link);
    },
  });
  const common = {
    h: Math.max(220, isLying ? 60 + data.length * (shape === 'bars' ? 24 * series.length + 14 : 34) : 260),
    data,
    dataKey: 'label',
    valueFormatter: format,
    withLegend: series.length > 1,
    tooltipAnimationDuration: 0,
    textColor: 'var(--t-dim)',
    gridColor: 'var(--t-line)',
  };
  return (
    <div role="img" aria-label={`${title}: a chart of the numbers in the table`}>
      {series.some(one => one.line) ? (
        <CompositeChart
          {...common}
          series={series.map(one => ({ ...one, type: one.line ? 'line' : 'bar', ...(one.name === 'rate' ? { yAxisId: 'right' } : {}) }))}
          withRightYAxis={series.some(one => one.name === 'rate')}
          barProps={one => ({ ...bar(one), ...(shape === 'stacked' ? { stackId: 'all' } : {}) })}
          maxBarWidth={42}
          composedChartProps={{ accessibilityLayer: false }}
        />
      ) : (
        <BarChart
          {...common}
          series={series}
          type={shape === 'waterfall' ? 'waterfall' : shape === 'stacked' || shape === 'stackedBars' ? 'stacked' : 'default'}
          orientation={isLying ? 'vertical' : 'horizontal'}
          yAxisProps={isLying ? { width: 120, interval: 0 } : { width: 76 }}
          barProps={bar}
          maxBarWidth={isLying ? 22 : 60}
          barChartProps={{ accessibilityLayer: false, ...(hasNotes ? { margin: { right: 84 } } : {}) }}
          withBarValueLabel={hasNotes}
          valueLabelProps={{ dataKey: 'note', formatter: note => note }}
        />
      )}
    </div>
  );
};
