import { ActionIcon, Button, Paper, Stack, Text } from '@mantine/core';
import { IconGripVertical, IconShieldCheck, IconThumbDown, IconTrash, IconTrophy } from '@tabler/icons-react';
import { type CSSProperties, useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Pipeline, Stage, StagePatch } from '../api/types';
import { useIsPhone } from '../app/Shell';
import { useSession } from '../session/useSession';
import { fillOf } from '../stages/colors';
import { told } from '../stages/entry';
import { useSortable } from '../ui/sortable';
import { DeleteStage } from './DeleteStage';
import { NameInput } from './NameInput';
import { NumberSetting } from './NumberSetting';
import classes from './Settings.module.css';
import { StageColorMenu } from './StageColorMenu';
import { StageIds } from './StageIds';
import { StageRotting } from './StageRotting';
import { StageRulesForm } from './StageRulesForm';
import { useAct } from './useAct';
import { useOpenDeals } from './useOpenDeals';

/** A stage in the row: everything about it that can be set. */
export const StageColumn = ({
  stage,
  pipeline,
  ids,
  onSort,
}: {
  stage: Stage;
  pipeline: Pipeline;
  ids: number[];
  onSort: (ids: number[]) => void;
}) => {
  const { mayManage } = useSession();
  const catalog = useCatalog();
  const isPhone = useIsPhone();
  const act = useAct('stages', 'pipelines', 'board');
  const deals = useOpenDeals({ stage_id: stage.id });
  const [deleting, setDeleting] = useState(false);
  const [ruling, setRuling] = useState(false);
  const rules = told(stage, catalog.fields, id => catalog.user(id)?.name);
  const sorting = useSortable<HTMLDivElement, HTMLButtonElement>({
    kind: 'stage',
    id: stage.id,
    ids,
    // Stages stand below one another on a phone (Settings.module.css).
    isLying: !isPhone,
    onSort,
    name: stage.name,
  });
  const isOpen = stage.kind === 'open';
  const patch = (body: StagePatch, done: string) =>
    act(() => ask(api.PATCH('/api/v1/stages/{id}', { params: { path: { id: stage.id } }, body })), done);
  return (
    <Paper
      ref={sorting.frame}
      withBorder
      p="sm"
      className={classes.stage}
      data-over={sorting.isOver || undefined}
      data-dragged={sorting.isDragged || undefined}
      component="section"
      aria-label={`Stage ${stage.name}`}
      style={{ '--stage': fillOf(stage) } as CSSProperties}
    >
      <Stack gap="xs">
        <div className={classes.stageHead}>
          {mayManage && (
            <button
              ref={sorting.handle}
              type="button"
              className={classes.handle}
              aria-label={`Move ${stage.name}`}
              onKeyDown={sorting.onKeyDown}
            >
              <IconGripVertical size={16} aria-hidden />
            </button>
          )}
          {stage.kind === 'won' && <IconTrophy size={16} color="var(--t-won)" aria-hidden />}
          {stage.kind === 'lost' && <IconThumbDown size={16} color="var(--t-lost)" aria-hidden />}
          <Text size="xs" c="dimmed" flex={1}>
            {isOpen ? `${deals ?? '…'} open ${deals === 1 ? 'deal' : 'deals'}` : stage.kind === 'won' ? 'Closes as won' : 'Closes as lost'}
          </Text>
          <StageColorMenu stage={stage} disabled={!mayManage} onPick={color => void patch({ color }, 'Colour saved.')} />
          {mayManage && (
            <ActionIcon variant="subtle" color="gray" aria-label={`Delete ${stage.name}`} onClick={() => setDeleting(true)}>
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          )}
        </div>
        <NameInput label="Name of the stage" value={stage.name} disabled={!mayManage} onSave={name => patch({ name }, 'Stage renamed.')} />
        {isOpen && (
          <>
            <NumberSetting
              label="Probability"
              suffix=" %"
              max={100}
              value={stage.probability}
              disabled={!mayManage || !pipeline.uses_probability}
              onSave={probability => patch({ probability }, 'Probability saved.')}
            />
            <StageRotting
              stage={stage}
              disabled={!mayManage}
              onSave={days => patch({ rotten_days: days }, days === null ? 'Deals here do not rot.' : 'Rotting saved.')}
            />
          </>
        )}
        <div className={classes.rules}>
          {rules.length === 0 ? (
            <Text size="xs" c="dimmed">
              {isOpen ? 'Any deal may enter' : 'Asks for nothing'}
            </Text>
          ) : (
            <ul>
              {rules.map(rule => (
                <li key={rule}>{rule}</li>
              ))}
            </ul>
          )}
          {mayManage && (
            <Button
              size="compact-xs"
              variant="light"
              leftSection={<IconShieldCheck size={14} aria-hidden />}
              aria-label={`Rules of ${stage.name}`}
              onClick={() => setRuling(true)}
            >
              Rules…
            </Button>
          )}
        </div>
        <StageIds stage={stage} />
      </Stack>
      {ruling && <StageRulesForm stage={stage} onClose={() => setRuling(false)} />}
      {deleting && <DeleteStage stage={stage} deals={deals} onClose={() => setDeleting(false)} />}
    </Paper>
  );
};
