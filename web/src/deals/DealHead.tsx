import { ActionIcon, Badge, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import {
  IconArchive,
  IconArrowMerge,
  IconBell,
  IconBellOff,
  IconCode,
  IconCopy,
  IconDots,
  IconLink,
  IconRestore,
  IconTargetArrow,
  IconThumbDown,
  IconTrash,
  IconTrophy,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Deal, DealPatch, Stage } from '../api/types';
import { useShortcuts } from '../app/shortcuts';
import { Celebration } from '../board/Celebration';
import { useSession } from '../session/useSession';
import { useEntering } from '../stages/useEntering';
import { NumberEditor, TextEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { notifyDone, notifyError } from '../ui/notify';
import { UserAvatar } from '../ui/UserAvatar';
import { useFormat } from '../ui/useFormat';
import { deleteDeals, restoreDeals } from './changes';
import classes from './Deal.module.css';
import { LostDialog } from './LostDialog';
import { PipelineOf } from './PipelineOf';

const MergeDialog = lazy(() => import('./MergeDialog'));

type Props = { deal: Deal; save: (patch: DealPatch, done?: string) => void; onMove: (stage: Stage) => void; isPanel: boolean };

export const DealHead = ({ deal, save, onMove, isPanel }: Props) => {
  const format = useFormat();
  const [losing, setLosing] = useState(false);
  const [won, setWon] = useState(0);
  const isGone = deal.deleted_at !== null;
  const isOpen = deal.status === 'open' && !isGone;
  const entering = useEntering();
  const win = () =>
    entering.enter([deal], entering.closing('won', deal), more => {
      save({ status: 'won', ...more }, 'Won.');
      setWon(before => before + 1);
    });
  const lose = () => {
    const reason = entering.refusal([deal], entering.closing('lost', deal));
    if (reason) notifyError(new Error(`${reason}.`), `“${deal.title}” stays`);
    else setLosing(true);
  };
  useShortcuts(
    isOpen
      ? [
          { keys: 'w', label: 'Won', group: 'Deal', run: win },
          { keys: 'x', label: 'Lost', group: 'Deal', run: lose },
        ]
      : [],
  );
  return (
    <header className={classes.head}>
      <Group gap="xs" align="center" wrap="nowrap" pe={isPanel ? 64 : 0}>
        <Status deal={deal} />
        <Text size="xs" c="dimmed">
          {deal.number}
        </Text>
        <PipelineOf deal={deal} canMove={isOpen} onMove={onMove} />
      </Group>
      <Group justify="space-between" align="flex-start" gap="md">
        <div className={classes.titleBox}>
          <Inline
            label="Title"
            hideLabel
            editor={close => <TextEditor label="Title" value={deal.title} close={close} onSave={title => save({ title })} />}
          >
            <h1 className={classes.title} dir="auto">
              {deal.title}
            </h1>
          </Inline>
          <div className={classes.value}>
            <Inline
              label="Value"
              hideLabel
              editor={
                deal.facts?.products
                  ? undefined
                  : close => <NumberEditor label="Value" value={deal.value} close={close} onSave={value => save({ value })} />
              }
            >
              <strong className="tabular">{format.money(deal.value, deal.currency)}</strong>
            </Inline>
            {deal.mrr !== null && deal.mrr > 0 && (
              <Text size="xs" c="dimmed" className="tabular">
                {format.money(deal.mrr, deal.currency)} a month · {format.money(deal.arr, deal.currency)} a year ·{' '}
                {format.money(Math.max(0, (deal.acv ?? 0) - (deal.arr ?? 0)), deal.currency)} once
              </Text>
            )}
          </div>
        </div>
        <Group gap="xs">
          <Followers deal={deal} />
          {isGone ? (
            <Restore deal={deal} />
          ) : isOpen ? (
            <>
              <Button color="green.9" leftSection={<IconTrophy size={16} aria-hidden />} onClick={win}>
                Won
              </Button>
              <Button color="red.9" leftSection={<IconThumbDown size={16} aria-hidden />} onClick={lose}>
                Lost
              </Button>
            </>
          ) : (
            <Button
              variant="default"
              leftSection={<IconRestore size={16} aria-hidden />}
              onClick={() => save({ status: 'open' }, 'Reopened.')}
            >
              Reopen
            </Button>
          )}
          <MoreMenu deal={deal} save={save} />
        </Group>
      </Group>
      {losing && (
        <LostDialog
          title={`Lost: ${deal.title}`}
          deals={[deal]}
          onClose={() => setLosing(false)}
          onLose={why => {
            setLosing(false);
            save({ status: 'lost', ...why }, 'Lost.');
          }}
        />
      )}
      {entering.dialog}
      <Celebration times={won} />
    </header>
  );
};

const Status = ({ deal }: { deal: Deal }) => {
  const format = useFormat();
  if (deal.deleted_at) return <Badge color="gray.7">Deleted</Badge>;
  return (
    <Group gap={6}>
      <span className={classes.status} data-status={deal.status}>
        {deal.status === 'open'
          ? 'Open'
          : `${deal.status === 'won' ? 'Won' : 'Lost'} ${format.day(format.dayOfInstant(deal.closed_at ?? deal.updated_at ?? new Date().toISOString()))}`}
      </span>
      {deal.archived_at && <Badge color="gray.7">Archived</Badge>}
    </Group>
  );
};

const Followers = ({ deal }: { deal: Deal }) => {
  const catalog = useCatalog();
  const { user } = useSession();
  const queries = useQueryClient();
  const followers = deal.followers ?? [];
  const follows = followers.some(one => one.user_id === user.id);
  const toggle = useMutation({
    mutationFn: () =>
      follows
        ? ask(api.DELETE('/api/v1/deals/{id}/followers/{user_id}', { params: { path: { id: deal.id, user_id: user.id } } }))
        : ask(api.POST('/api/v1/deals/{id}/followers', { params: { path: { id: deal.id } }, body: { user_id: user.id } }) as never),
    onSettled: () => queries.invalidateQueries({ queryKey: ['deal', deal.id] }),
    onError: error => notifyError(error),
  });
  const Bell = follows ? IconBell : IconBellOff;
  return (
    <Group gap={4} wrap="nowrap">
      {followers.slice(0, 4).map(one => (
        <UserAvatar key={one.user_id} user={catalog.user(one.user_id)} size={26} />
      ))}

      <Tooltip label={follows ? 'You follow this deal' : 'Follow this deal'}>
        <ActionIcon
          variant="subtle"
          color={follows ? 'river' : 'gray'}
          aria-pressed={follows}
          aria-label="Follow"
          loading={toggle.isPending}
          onClick={() => toggle.mutate()}
        >
          <Bell size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
};

const Restore = ({ deal }: { deal: Deal }) => {
  const queries = useQueryClient();
  return (
    <Button
      variant="default"
      leftSection={<IconRestore size={16} aria-hidden />}
      onClick={() => restoreDeals([deal.id]).then(() => queries.invalidateQueries({ queryKey: ['deal', deal.id] }), notifyError)}
    >
      Restore
    </Button>
  );
};

const MoreMenu = ({ deal, save }: Pick<Props, 'deal' | 'save'>) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [merging, setMerging] = useState(false);
  const copy = (text: string, what: string) => navigator.clipboard.writeText(text).then(() => notifyDone(`${what} copied.`), notifyError);
  const address = `${location.origin}/api/v1/deals/${deal.id}`;
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
      <Menu position="bottom-end" width={230}>
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
          <Menu.Item
            leftSection={<IconCode size={15} aria-hidden />}
            onClick={() => copy(`curl -H "Authorization: Bearer $TRIBUTARY_KEY" ${address}`, 'cURL')}
          >
            Copy as cURL
          </Menu.Item>
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
