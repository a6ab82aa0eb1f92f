import { ActionIcon, Button, NumberInput, Paper, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconGripVertical, IconPlus, IconThumbDown, IconTrash, IconTrophy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Pipeline, Stage } from '../api/types';
import { StagePicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { useSortable } from '../ui/sortable';
import { FormModal } from './FormModal';
import { NameInput } from './NameInput';
import { useOpenDeals } from './PipelinesSection';
import classes from './Settings.module.css';
import { useAct } from './useAct';

/** The stages of a pipeline from left to right. */
export const Stages = ({ pipeline }: { pipeline: Pipeline }) => {
  const catalog = useCatalog();
  const { mayManage } = useSession();
  const act = useAct('stages', 'pipelines');
  const [order, setOrder] = useState<number[] | null>(null);
  const [adding, setAdding] = useState(false);
  const stages = catalog.stagesOf(pipeline.id);
  const ids = order ?? stages.map(stage => stage.id);
  const sort = async (next: number[]) => {
    setOrder(next);
    const write = (all: number[]) =>
      ask(api.POST('/api/v1/pipelines/{id}/stages/reorder', { params: { path: { id: pipeline.id } }, body: { ids: all } }));
    await act(
      () => write(next),
      'Stages put in order.',
      () => write(ids),
    );
    setOrder(null);
  };
  return (
    <div className={classes.stages}>
      {ids.map(id => {
        const stage = stages.find(one => one.id === id);
        return stage && <StageColumn key={id} stage={stage} pipeline={pipeline} ids={ids} onSort={next => void sort(next)} />;
      })}
      {mayManage && (
        <Button
          variant="light"
          className={classes.addStage}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          Stage
        </Button>
      )}
      {adding && (
        <NewStage pipeline={pipeline} place={stages.filter(stage => stage.kind === 'open').length + 1} onClose={() => setAdding(false)} />
      )}
    </div>
  );
};

const StageColumn = ({
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
  const act = useAct('stages', 'pipelines', 'board');
  const deals = useOpenDeals({ stage_id: stage.id });
  const [deleting, setDeleting] = useState(false);
  const sorting = useSortable<HTMLDivElement, HTMLButtonElement>({
    kind: 'stage',
    id: stage.id,
    ids,
    isLying: true,
    onSort,
    name: stage.name,
  });
  const isOpen = stage.kind === 'open';
  const patch = (body: { name?: string; probability?: number; rotten_days?: number | null }, done: string) =>
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
            <Rotting
              stage={stage}
              disabled={!mayManage}
              onSave={days => patch({ rotten_days: days }, days === null ? 'Deals here do not rot.' : 'Rotting saved.')}
            />
          </>
        )}
        <Text size="xs" c="dimmed" title={stage.uid ?? undefined}>
          id {stage.id}
        </Text>
      </Stack>
      {deleting && <DeleteStage stage={stage} deals={deals} onClose={() => setDeleting(false)} />}
    </Paper>
  );
};

type NumberProps = {
  label: string;
  value: number;
  max: number;
  min?: number;
  suffix?: string;
  disabled?: boolean;
  onSave: (value: number) => Promise<boolean>;
  onType?: (value: number) => void;
};

const NumberSetting = ({ label, value, min = 0, max, suffix, disabled, onSave, onType }: NumberProps) => {
  const [text, setText] = useState<number | string>(value);
  useEffect(() => setText(value), [value]);
  const save = async () => {
    if (typeof text !== 'number' || text === value || !(await onSave(text))) setText(value);
  };
  return (
    <NumberInput
      label={label}
      size="xs"
      min={min}
      max={max}
      suffix={suffix}
      disabled={disabled}
      value={text}
      onChange={next => {
        setText(next);
        if (typeof next === 'number') onType?.(next);
      }}
      onBlur={() => void save()}
      onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
};

/** Whether and after how many days deals rot, and which would at once. */
const Rotting = ({ stage, disabled, onSave }: { stage: Stage; disabled: boolean; onSave: (days: number | null) => Promise<boolean> }) => {
  const isOn = stage.rotten_days != null;
  const [typed, setTyped] = useState<number | null>(null);
  const days = typed ?? stage.rotten_days ?? 30;
  const before = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 19);
  const where = JSON.stringify({
    and: [
      { field: 'stage_id', operator: 'equals', value: stage.id },
      { field: 'status', operator: 'equals', value: 'open' },
      { field: 'touched_at', operator: 'less', value: `${before.slice(0, 13)}:00:00Z` },
    ],
  });
  const { data } = useQuery({
    queryKey: ['deals', 'rotting', where],
    queryFn: () => ask(api.GET('/api/v1/deals', { params: { query: { where, limit: 1, total: true, fields: ['id'] } } })),
    enabled: isOn,
    placeholderData: known => known,
  });
  return (
    <>
      <Switch
        size="xs"
        label="Deals rot here"
        checked={isOn}
        disabled={disabled}
        onChange={event => void onSave(event.currentTarget.checked ? 30 : null)}
      />
      {isOn && (
        <>
          <NumberSetting
            label="After days"
            min={1}
            max={3650}
            value={stage.rotten_days!}
            disabled={disabled}
            onSave={onSave}
            onType={setTyped}
          />
          {data?.total != null && (
            <Text size="xs" c={data.total > 0 ? 'var(--t-rotten)' : 'dimmed'}>
              {data.total} {data.total === 1 ? 'deal is' : 'deals are'} rotting at {days} days
            </Text>
          )}
        </>
      )}
    </>
  );
};

const DeleteStage = ({ stage, deals, onClose }: { stage: Stage; deals: number | undefined; onClose: () => void }) => {
  const catalog = useCatalog();
  const [to, setTo] = useState<number | null>(null);
  const others = catalog.stagesOf(stage.pipeline_id).filter(one => one.kind === 'open' && one.id !== stage.id);
  return (
    <FormModal
      title={`Delete the stage ${stage.name}?`}
      submit="Delete the stage"
      danger
      keys={['stages', 'pipelines', 'deals', 'board']}
      done={`${stage.name} deleted.`}
      onClose={onClose}
      onSubmit={() => ask(api.DELETE('/api/v1/stages/{id}', { params: { path: { id: stage.id }, query: { move_to: to ?? undefined } } }))}
    >
      {errors => (
        <>
          <Text size="sm">
            {deals ? `${deals} open deals are in this stage.` : 'No open deal is in this stage.'} Its deals, closed ones included, need
            another stage.
          </Text>
          <StagePicker
            label="Where do its deals go?"
            pipelineId={others.length > 0 ? stage.pipeline_id : null}
            value={to}
            onChange={id => setTo(id === stage.id ? null : id)}
            error={errors.move_to ?? (to === null && errors.id)}
          />
        </>
      )}
    </FormModal>
  );
};

const NewStage = ({ pipeline, place, onClose }: { pipeline: Pipeline; place: number; onClose: () => void }) => {
  const [name, setName] = useState('');
  const [probability, setProbability] = useState<number | string>(50);
  return (
    <FormModal
      title="New stage"
      submit="Add"
      keys={['stages', 'pipelines', 'board']}
      done={`${name} added.`}
      onClose={onClose}
      onSubmit={() =>
        ask(api.POST('/api/v1/stages', { body: { pipeline_id: pipeline.id, name, probability: Number(probability), position: place } }))
      }
    >
      {errors => (
        <>
          <TextInput
            label="Name"
            required
            data-autofocus
            value={name}
            error={errors.name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <NumberInput
            label="Probability"
            suffix=" %"
            min={0}
            max={100}
            value={probability}
            error={errors.probability}
            onChange={setProbability}
          />
        </>
      )}
    </FormModal>
  );
};
