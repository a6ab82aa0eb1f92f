import { Button, Checkbox, Group, Menu, Text } from '@mantine/core';
import { IconDots, IconStar, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Pipeline } from '../api/types';
import { useSession } from '../session/useSession';
import { DeletePipeline } from './DeletePipeline';
import { NameInput } from './NameInput';
import { Stages } from './Stages';
import { useAct } from './useAct';

/** One pipeline: its name and its stages. */
export const OnePipeline = ({ pipeline }: { pipeline: Pipeline }) => {
  const act = useAct('pipelines', 'stages');
  const { mayManage } = useSession();
  const { pipelines } = useCatalog();
  const [deleting, setDeleting] = useState(false);
  const path = { id: pipeline.id };
  const patch = (body: { name?: string; is_default?: boolean; uses_probability?: boolean }, done: string) =>
    act(() => ask(api.PATCH('/api/v1/pipelines/{id}', { params: { path }, body })), done);
  return (
    <>
      <Group gap="md">
        <NameInput
          label="Name of the pipeline"
          value={pipeline.name}
          disabled={!mayManage}
          onSave={name => patch({ name }, 'Pipeline renamed.')}
          w={260}
        />
        <Checkbox
          label="Weigh values by probability"
          checked={pipeline.uses_probability}
          disabled={!mayManage}
          onChange={event => void patch({ uses_probability: event.currentTarget.checked }, 'Saved.')}
        />
        <Text size="sm" c="dimmed">
          {pipeline.is_default ? 'Default pipeline · ' : ''}id {pipeline.id}
        </Text>
        {mayManage && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button variant="subtle" color="gray" size="compact-sm" aria-label={`More for ${pipeline.name}`}>
                <IconDots size={17} aria-hidden />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconStar size={15} aria-hidden />}
                disabled={pipeline.is_default}
                onClick={() => void patch({ is_default: true }, `${pipeline.name} is the default now.`)}
              >
                Make it the default
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash size={15} aria-hidden />}
                disabled={pipelines.length < 2}
                onClick={() => setDeleting(true)}
              >
                Delete…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <Stages pipeline={pipeline} />
      {deleting && <DeletePipeline pipeline={pipeline} onClose={() => setDeleting(false)} />}
    </>
  );
};
