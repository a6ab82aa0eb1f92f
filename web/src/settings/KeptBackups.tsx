import { Menu, Table, Text } from '@mantine/core';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { sizeText } from '../deals/files';
import { RowMenu } from '../ui/RowMenu';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { MakeBackup } from './MakeBackup';
import { Rows } from './Rows';
import { useAct } from './useAct';

export type Backup = components['schemas']['Backup'];

/** The backups that are kept, to check and to download. */
export const KeptBackups = ({
  query,
}: {
  query: { data: { data: Backup[] }; error: unknown; isLoading: boolean; refetch: () => unknown };
}) => {
  const format = useFormat();
  const act = useAct('backups');
  const last = query.data.data[0];
  return (
    <>
      <Text size="sm">
        One file with the whole database of this server, as it is at one moment, made while everybody works and checked page by page. It
        holds everything, password hashes and keys of signatures too: keep it as you keep the server. Attached files are apart, below.
      </Text>
      <Text size="sm" fw={600} role="status">
        {last ? `The last one was made ${format.ago(last.made_at!)}.` : 'None was made here yet.'}
      </Text>
      <MakeBackup />
      <Rows label="Backups" query={query} head={['Made', 'Size', 'Check', 'Holds', 'Last change in it', '']} empty="Make the first one.">
        {one => (
          <Table.Tr key={one.uid}>
            <Table.Td>{format.instant(one.made_at)}</Table.Td>
            <Table.Td className="tabular">{sizeText(one.bytes ?? 0)}</Table.Td>
            <Table.Td>
              <Tone tone="good">Sound</Tone>
            </Table.Td>
            <Table.Td>{format.number(one.deals ?? 0)} deals</Table.Td>
            <Table.Td>{one.last_change_at ? format.instant(one.last_change_at) : 'never'}</Table.Td>
            <Table.Td>
              <RowMenu name={`the backup of ${format.instant(one.made_at)}`}>
                <Menu.Item
                  component="a"
                  href={`/api/v1/backups/${one.uid}/file`}
                  download
                  leftSection={<IconDownload size={15} aria-hidden />}
                >
                  Download
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconTrash size={15} aria-hidden />}
                  onClick={() =>
                    void act(
                      () => ask(api.DELETE('/api/v1/backups/{uid}', { params: { path: { uid: one.uid! } } })),
                      'The backup is deleted.',
                    )
                  }
                >
                  Delete
                </Menu.Item>
              </RowMenu>
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
    </>
  );
};
