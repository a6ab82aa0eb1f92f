import { ActionIcon, Code, CopyButton, Group, Paper, Popover, Skeleton, Stack, Text, Title, Tooltip } from '@mantine/core';
import { IconApi, IconChartBar, IconCheck, IconCopy, IconDownload, IconTable } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ErrorState } from '../ui/states';
import { Chart } from './Chart';
import { Matrix } from './Matrix';
import { ReportTable } from './ReportTable';
import { isEmpty, type Report, toCsv } from './report';

type Props = {
  title: string;
  /** What it is about, when that is less than the bar above says. */
  about?: string;
  /** How it is counted, in one line. */
  rule: string;
  /** The call that gives the same numbers. */
  call: string;
  report: Report | undefined;
  error: unknown;
  onRetry: () => void;
  controls?: ReactNode;
};

const save = (name: string, text: string) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};

/** One insight: its chart or its table, its rule, its CSV and its API call. */
export const ReportCard = ({ title, about, rule, call, report, error, onRetry, controls }: Props) => {
  const [asTable, setAsTable] = useState(false);
  const body = () => {
    if (error) return <ErrorState error={error} onRetry={onRetry} />;
    if (!report) return <Skeleton height={240} radius="md" />;
    if (isEmpty(report)) {
      return (
        <Text c="dimmed" size="sm" py="xl" ta="center">
          No deals in this period. Choose a longer one, or clear the filters.
        </Text>
      );
    }
    if (asTable) return <ReportTable report={report} title={title} />;
    return report.shape === 'matrix' ? <Matrix report={report} title={title} /> : <Chart report={report} title={title} />;
  };
  return (
    <Paper component="section" withBorder p="md" radius="md" bg="var(--t-surface)" aria-label={title} style={{ minWidth: 0 }}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Title order={2} size="h3">
              {title}
              {about && (
                <Text span size="sm" c="dimmed" fw={450}>
                  {' '}
                  · {about}
                </Text>
              )}
            </Title>
            <Text size="xs" c="dimmed">
              {rule}
            </Text>
          </div>
          <Group gap={2} wrap="nowrap">
            <Tooltip label={asTable ? 'Show as a chart' : 'Show as a table'}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${title}: ${asTable ? 'show as a chart' : 'show as a table'}`}
                onClick={() => setAsTable(!asTable)}
              >
                {asTable ? <IconChartBar size={17} aria-hidden /> : <IconTable size={17} aria-hidden />}
              </ActionIcon>
            </Tooltip>
            <Tooltip label="Download as CSV">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${title}: download as CSV`}
                disabled={!report}
                onClick={() => report && save(`${title.toLowerCase().replaceAll(' ', '-')}.csv`, toCsv(report))}
              >
                <IconDownload size={17} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <ApiCall title={title} call={call} />
          </Group>
        </Group>
        {controls && <Group gap="xs">{controls}</Group>}
        {report?.figures && !error && (
          <Group gap="xl">
            {report.figures.map(figure => (
              <div key={figure.label}>
                <Text size="xs" c="dimmed">
                  {figure.label}
                </Text>
                <Text fw={650} className="tabular">
                  {figure.text}
                </Text>
              </div>
            ))}
          </Group>
        )}
        {body()}
      </Stack>
    </Paper>
  );
};

const ApiCall = ({ title, call }: { title: string; call: string }) => (
  <Popover position="bottom-end" width={420} shadow="md" withArrow trapFocus>
    <Popover.Target>
      <Tooltip label="The API call">
        <ActionIcon variant="subtle" color="gray" aria-label={`${title}: show the API call`}>
          <IconApi size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Popover.Target>
    <Popover.Dropdown>
      <Group wrap="nowrap" align="flex-start" gap="xs">
        <Code block style={{ flex: 1, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          GET {call}
        </Code>
        <CopyButton value={`curl -H 'Authorization: Bearer <key>' '${location.origin}${call}'`}>
          {({ copied, copy }) => (
            <ActionIcon variant="light" aria-label="Copy as cURL" onClick={copy}>
              {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            </ActionIcon>
          )}
        </CopyButton>
      </Group>
    </Popover.Dropdown>
  </Popover>
);
