import { Alert, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { Preview } from './imports';

/** The first rows as they would be imported, and why some would not. */
export const PreviewStep = ({ preview }: { preview: Preview }) => {
  const refused = preview.rows.filter(row => row.reasons.length > 0);
  return (
    <Stack>
      {refused.length > 0 ? (
        <Alert
          color="orange.9"
          variant="light"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={`${refused.length} of the first ${preview.rows.length} rows would be refused`}
        >
          Go back to mend the mapping, or go on: refused rows are kept in a file with line and reason.
        </Alert>
      ) : (
        <Alert
          color="river"
          variant="light"
          icon={<IconCheck size={18} aria-hidden />}
          title={`The first ${preview.rows.length} rows can be read`}
        >
          Names that are not there yet are looked up when the import runs.
        </Alert>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reachable by keyboard. */}
      <section style={{ overflowX: 'auto' }} tabIndex={0} aria-label="First rows">
        <Table withTableBorder verticalSpacing={6} style={{ whiteSpace: 'nowrap' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Line</Table.Th>
              {preview.headers.map(header => (
                <Table.Th key={header}>{header}</Table.Th>
              ))}
              <Table.Th>Outcome</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.rows.map(row => (
              <Table.Tr key={row.line} bg={row.reasons.length > 0 ? 'var(--t-rotten-bg)' : undefined}>
                <Table.Td>{row.line}</Table.Td>
                {preview.headers.map((header, at) => (
                  <Table.Td key={header} maw={220}>
                    <Text size="sm" truncate>
                      {row.cells[at]}
                    </Text>
                  </Table.Td>
                ))}
                <Table.Td>
                  {row.reasons.length > 0 ? (
                    <Text size="sm" c="var(--t-overdue)">
                      Refused: {row.reasons.map(reason => reason.message).join(' ')}
                    </Text>
                  ) : (
                    <Text size="sm">{row.warnings.length > 0 ? row.warnings.join(' ') : 'Fine'}</Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Stack>
  );
};
