import { Button, Group, Text } from '@mantine/core';
import { IconRestore, IconThumbDown, IconTrophy } from '@tabler/icons-react';
import { useState } from 'react';
import type { Deal, DealPatch, Stage } from '../api/types';
import { useShortcuts } from '../app/shortcuts';
import { Celebration } from '../board/Celebration';
import { FollowBell } from '../side/FollowBell';
import { useEntering } from '../stages/useEntering';
import { NumberEditor, TextEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import classes from './Deal.module.css';
import { DealMenu } from './DealMenu';
import { DealStatus } from './DealStatus';
import { LostDialog } from './LostDialog';
import { PipelineOf } from './PipelineOf';
import { RestoreDeal } from './RestoreDeal';

type Props = { deal: Deal; save: (patch: DealPatch, done?: string) => void; onMove: (stage: Stage) => void; isPanel: boolean };

export const DealHead = ({ deal, save, onMove, isPanel }: Props) => {
  const format = useFormat();
  const Heading = isPanel ? 'h2' : 'h1';
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
        <DealStatus deal={deal} />
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
            <Heading className={classes.title} dir="auto" title={deal.title.length > 120 ? deal.title : undefined}>
              {deal.title}
            </Heading>
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
          <FollowBell subject="deal" id={deal.id} />
          {isGone ? (
            <RestoreDeal deal={deal} />
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
          <DealMenu deal={deal} save={save} />
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
