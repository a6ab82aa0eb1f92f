import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArchive,
  IconArrowMerge,
  IconCode,
  IconCopy,
  IconDots,
  IconLink,
  IconTargetArrow,
  IconTerminal2,
  IconTrash,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import type { Deal, DealPatch } from '../api/types';
import { notifyDone, notifyError } from '../ui/notify';
import { deleteDeals, restoreDeals } from './changes';
import { curlOf, ownOf, useLens } from './lens';

const MergeDialog = lazy(() => import('./MergeDialog'));

type Props = { deal: Deal; save: (patch: DealPatch, done?: string) => void };

/** What is done with a deal now and then. */
export const DealMenu = ({ deal, save }: Props) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [merging, setMerging] = useState(false);
  const [opened, setOpened] = useState(false);
  const { data: spellings = [ownOf(deal)] } = useLens(deal, opened);
  const copy = (text: string, what: string) => navigator.clipboard.writeText(text).then(() => notifyDone(`${what} copied.`), notifyError);
  const duplicate = () =>
    ask(api.POST('/api/v1/deals/{id}/duplicate', { params: { path: { id: deal.id } } })).then(made => {
      notifyDone(`“${made.title}” made.`, () => deleteDeals([made.id]));
      navigate(`/deals/${made.id}`);
    }, notifyError);
  const convert = () =>
    ask(api.POST('/api/v1/deals/{id}/convert', { params: { path: { id: deal.id } } })).then(
      () => notifyDone('The deal is becoming a lead.'),
      notifyError,
    );
  const remove = () =>
    deleteDeals([deal.id]).then(() => {
      void queries.invalidateQueries({ queryKey: ['deal', deal.id] });
      notifyDone('Deleted (kept 30 days).', () =>
        restoreDeals([deal.id]).then(() => queries.invalidateQueries({ queryKey: ['deal', deal.id] })),
      );
    }, notifyError);
  const isArchived = deal.archived_at !== null;
  return (
    <>
      <Menu position="bottom-end" width={230} onOpen={() => setOpened(true)}>
        <Menu.Target>
          <ActionIcon variant="default" size={34} aria-label="More">
            <IconDots size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={duplicate}>
            Duplicate
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowMerge size={15} aria-hidden />} onClick={() => setMerging(true)}>
            Merge with another deal…
          </Menu.Item>
          <Menu.Item leftSection={<IconTargetArrow size={15} aria-hidden />} onClick={convert}>
            Convert to a lead
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArchive size={15} aria-hidden />}
            onClick={() => save({ archived: !isArchived }, isArchived ? 'Taken out of the archive.' : 'Archived.')}
          >
            {isArchived ? 'Take out of the archive' : 'Archive'}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLink size={15} aria-hidden />} onClick={() => copy(`${location.origin}/deals/${deal.id}`, 'Link')}>
            Copy link
          </Menu.Item>
          <Menu.Item leftSection={<IconCode size={15} aria-hidden />} onClick={() => copy(JSON.stringify(deal, null, 2), 'JSON')}>
            Copy as JSON
          </Menu.Item>
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<IconTerminal2 size={15} aria-hidden />}>Copy as cURL</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              {spellings.map(one => (
                <Menu.Item key={one.name} onClick={() => copy(curlOf(one, location.origin), `cURL for ${one.name}`)}>
                  {one.name}
                </Menu.Item>
              ))}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
          {!deal.deleted_at && (
            <>
              <Menu.Divider />
              <Menu.Item color="red.9" leftSection={<IconTrash size={15} aria-hidden />} onClick={remove}>
                Delete
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {merging && (
        <Suspense>
          <MergeDialog deal={deal} onClose={() => setMerging(false)} />
        </Suspense>
      )}
    </>
  );
};
