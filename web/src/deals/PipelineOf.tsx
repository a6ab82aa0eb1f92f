import { Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import type { Deal, Stage } from '../api/types';
import { MoveDialog } from '../board/MoveDialog';

/** The pipeline of a deal; pressed, it asks for another one. */
export const PipelineOf = ({ deal, canMove, onMove }: { deal: Deal; canMove: boolean; onMove: (stage: Stage) => void }) => {
  const catalog = useCatalog();
  const [moving, setMoving] = useState(false);
  const name = catalog.pipeline(deal.pipeline_id)?.name ?? '–';
  if (!canMove || catalog.pipelines.length < 2) {
    return (
      <Text size="xs" c="dimmed" dir="auto" truncate>
        {name}
      </Text>
    );
  }
  return (
    <>
      <UnstyledButton fz="xs" c="dimmed" aria-label={`Pipeline ${name}: move to another`} onClick={() => setMoving(true)}>
        <span dir="auto">{name}</span> <IconChevronDown size={12} aria-hidden style={{ verticalAlign: -2 }} />
      </UnstyledButton>
      {moving && (
        <MoveDialog
          title={`Move “${deal.title}”`}
          pipelineId={deal.pipeline_id}
          onClose={() => setMoving(false)}
          onMove={id => {
            setMoving(false);
            const stage = catalog.stage(id);
            if (stage) onMove(stage);
          }}
        />
      )}
    </>
  );
};
