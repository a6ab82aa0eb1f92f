import { Button } from '@mantine/core';
import { IconColumns3, IconPlus } from '@tabler/icons-react';
import { useCreate } from '../app/create';
import { FirstRunActions } from '../app/FirstRunActions';
import { Empty } from '../ui/states';
import classes from './Board.module.css';

/** Over the columns of a pipeline in which nothing is yet. */
export const FirstDeal = ({ pipelineId }: { pipelineId: number }) => {
  const create = useCreate();
  return (
    <div className={classes.firstRun}>
      <Empty
        icon={IconColumns3}
        title="Your first deal goes here"
        actions={
          <>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create('deal', { pipeline_id: pipelineId })}>
              Add a deal
            </Button>
            <FirstRunActions />
          </>
        }
      >
        Bring what you have from a file or another CRM, or look around with invented deals first.
      </Empty>
    </div>
  );
};
