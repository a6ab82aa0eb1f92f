import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDownload, IconUpload } from '@tabler/icons-react';
import { Link } from 'react-router';
import { notifyDone, notifyError } from '../ui/notify';

type Props = {
  /** What the files are called: "deals". */
  name: string;
  urlOf: (format: 'csv' | 'xlsx' | 'json') => string;
  /** The same list over the API, for programs. */
  apiQuery: string;
};

/** What is listed as a file or as an API query, and the way to bring more. */
export const ExportMenu = ({ name, urlOf, apiQuery }: Props) => {
  const copy = () =>
    navigator.clipboard.writeText(apiQuery).then(
      () => notifyDone('The API query is on the clipboard.'),
      error => notifyError(error),
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="Export and import">
          <IconDownload size={17} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Export what is listed</Menu.Label>
        {(['csv', 'xlsx', 'json'] as const).map(format => (
          <Menu.Item key={format} component="a" href={urlOf(format)} download={`${name}.${format}`}>
            {format === 'xlsx' ? 'Excel (XLSX)' : format.toUpperCase()}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={copy}>
          Copy as API query
        </Menu.Item>
        <Menu.Item component={Link} to="/import" leftSection={<IconUpload size={15} aria-hidden />}>
          Import…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
