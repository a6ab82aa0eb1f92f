import { ScrollArea, Table } from '@mantine/core';
import { Link } from 'react-router';
import { useFormat } from '../ui/useFormat';
import type { Report } from './report';

/** The same numbers as the chart, with links to their deals. */
export const ReportTable = ({ report, title }: { report: Report; title: string }) => {
  const format = useFormat();
  const text = (name: string, value: number | null | undefined) => {
    if (value == null) return '–';
    return report.series.find(one => one.name === name)?.apart || name === 'rate'
      ? format.number(Math.round(value * 10) / 10)
      : report.format(value);
  };
  return (
    <ScrollArea.Autosize mah={380} type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': title }}>
      <Table aria-label={title} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{report.of}</Table.Th>
            {report.series.map(series => (
              <Table.Th key={series.name} ta="right">
                {series.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.rows.map(row => (
            <Table.Tr key={row.label}>
              <Table.Th scope="row" fw={500}>
                {row.label}
              </Table.Th>
              {report.series.map(series => {
                const link = row.links?.[series.name];
                const shown = text(series.name, row.values[series.name]);
                return (
                  <Table.Td key={series.name} ta="right" className="tabular">
                    {link && row.values[series.name] ? (
                      <Link to={link} aria-label={`${row.label}, ${series.label}: ${shown}. Show the deals`}>
                        {shown}
                      </Link>
                    ) : (
                      shown
                    )}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
};
