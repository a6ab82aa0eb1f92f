import { Alert, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useFormat } from '../ui/useFormat';
import { type Report, sentence } from './bulk';

/** What would become of the deals, and which would stay as they are for which reason. */
export const BulkPreview = ({ report }: { report: Report }) => {
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Text fw={600}>{sentence(report, format.number)}</Text>
      {report.refused.length > 0 && (
        <Alert color="orange.9" variant="light" icon={<IconAlertTriangle size={18} aria-hidden />} title="These stay as they are">
          <List size="sm">
            {report.refused.slice(0, 6).map(one => (
              <List.Item key={one.reason}>
                {format.number(one.ids.length)}: {one.reason}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
};
