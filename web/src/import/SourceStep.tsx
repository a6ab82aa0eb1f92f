import { Alert, Button, Group, Radio, Select, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import { IconDownload, IconFileSpreadsheet } from '@tabler/icons-react';
import { AccountForm } from './AccountForm';
import { type Kind, kinds } from './mapping';

export type Source = { name: 'csv' | 'pipedrive' | 'hubspot' | 'account'; kind: Kind | null };

type Props = { source: Source; onSource: (source: Source) => void; onFile: (file: File) => void; isBusy: boolean; error: Error | null };

const sources = [
  { value: 'csv', label: 'A spreadsheet', description: 'A CSV file or an Excel workbook (.xlsx), from any program.' },
  {
    value: 'account',
    label: 'Pipedrive, through its API',
    description: 'The whole account at once: no files, ids are kept, and it can be run again.',
  },
  {
    value: 'pipedrive',
    label: 'An export of Pipedrive',
    description: 'Deals, people, organizations or products, exported there as CSV or XLSX.',
  },
  { value: 'hubspot', label: 'An export of HubSpot', description: 'Deals, contacts or companies, exported there as CSV or XLSX.' },
];

/** Where the rows come from. The name of the system goes with the ids, so that the next export finds its records again. */
export const SourceStep = ({ source, onSource, onFile, isBusy, error }: Props) => (
  <Stack maw={640}>
    <Radio.Group
      label="Where do the records come from?"
      value={source.name}
      onChange={name => onSource({ ...source, name: name as Source['name'] })}
    >
      <Stack gap="xs" mt="xs">
        {sources.map(one => (
          <Radio key={one.value} {...one} />
        ))}
      </Stack>
    </Radio.Group>
    {source.name === 'account' ? (
      <AccountForm />
    ) : (
      <>
        <Select
          label="What are its rows?"
          value={source.kind ?? ''}
          onChange={kind => onSource({ ...source, kind: (kind || null) as Kind | null })}
          allowDeselect={false}
          data={[{ value: '', label: 'The headings tell' }, ...kinds]}
        />
        <Dropzone
          onDrop={files => files[0] && onFile(files[0])}
          multiple={false}
          loading={isBusy}
          inputProps={{ 'aria-label': 'File to import' }}
          aria-label="Drop a CSV or Excel file here, or press to choose one"
        >
          <Group justify="center" wrap="nowrap" gap="md" mih={130} style={{ pointerEvents: 'none' }}>
            <IconFileSpreadsheet size={38} stroke={1.4} aria-hidden />
            <div>
              <Text fw={600}>Drop a CSV or Excel file here, or press to choose one</Text>
              <Text size="sm" c="dimmed">
                The first row holds the headings. Nothing is imported before you have seen what would be.
              </Text>
            </div>
          </Group>
        </Dropzone>
        {error && (
          <Alert color="red.8" title="This file cannot be read">
            {error.message}
          </Alert>
        )}
      </>
    )}
    <Group>
      <Button
        leftSection={<IconDownload size={16} aria-hidden />}
        variant="default"
        component="a"
        href="/api/v1/deals/export.csv"
        download="deals.csv"
      >
        Export the deals that are here
      </Button>
    </Group>
  </Stack>
);
