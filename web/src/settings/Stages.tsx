import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Pipeline } from '../api/types';
import { useSession } from '../session/useSession';
import { NewStage } from './NewStage';
import classes from './Settings.module.css';
import { StageColumn } from './StageColumn';
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
