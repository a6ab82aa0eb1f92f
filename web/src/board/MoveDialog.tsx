import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { PipelinePicker, StagePicker } from '../pickers/pickers';
import { Modal } from '../ui/Modal';

type Props = { title: string; pipelineId: number; onMove: (stageId: number) => void; onClose: () => void };

/** Where cards that were dropped on "Move to pipeline…" go. */
export const MoveDialog = ({ title, pipelineId, onMove, onClose }: Props) => {
  const catalog = useCatalog();
  const firstOf = (pipeline: number | null) =>
    pipeline === null ? null : (catalog.stagesOf(pipeline).find(stage => stage.kind === 'open')?.id ?? null);
  const other = catalog.pipelines.find(pipeline => pipeline.id !== pipelineId)?.id ?? pipelineId;
  const [pipeline, setPipeline] = useState<number | null>(other);
  const [stage, setStage] = useState<number | null>(firstOf(other));
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={event => {
          event.preventDefault();
          if (stage !== null) onMove(stage);
        }}
      >
        <Stack>
          <PipelinePicker
            label="Pipeline"
            allowDeselect={false}
            value={pipeline}
            onChange={id => {
              setPipeline(id);
              setStage(firstOf(id));
            }}
          />
          <StagePicker label="Stage" pipelineId={pipeline ?? undefined} allowDeselect={false} value={stage} onChange={setStage} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" data-autofocus disabled={stage === null}>
              Move
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
