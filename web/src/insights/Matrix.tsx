import { Link } from 'react-router';
import classes from './Insights.module.css';
import type { Report } from './report';

/** Every row against every series: the darker, the more; each number opens its deals. */
export const Matrix = ({ report, title }: { report: Report; title: string }) => {
  const most = Math.max(1, ...report.rows.flatMap(row => report.series.map(series => row.values[series.name] ?? 0)));
  const sum = (values: (number | null | undefined)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach that.
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={title}>
      <table className={classes.matrix} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{report.of}</th>
            {report.series.map(series => (
              <th key={series.name} scope="col">
                {series.label}
              </th>
            ))}
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {report.rows.map(row => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              {report.series.map(series => {
                const value = row.values[series.name] ?? 0;
                const share = Math.round((value / most) * 60);
                const link = row.links?.[series.name];
                return (
                  <td key={series.name} style={{ background: `color-mix(in srgb, var(--t-overdue-fill) ${share}%, transparent)` }}>
                    {value === 0 ? (
                      <span className={classes.zero}>–</span>
                    ) : link ? (
                      <Link to={link} aria-label={`${row.label}, ${series.label}: ${report.format(value)}. Show the deals`}>
                        {report.format(value)}
                      </Link>
                    ) : (
                      report.format(value)
                    )}
                  </td>
                );
              })}
              <td>
                <strong>{report.format(sum(report.series.map(series => row.values[series.name])))}</strong>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {report.series.map(series => (
              <td key={series.name}>
                <strong>{report.format(sum(report.rows.map(row => row.values[series.name])))}</strong>
              </td>
            ))}
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
};
