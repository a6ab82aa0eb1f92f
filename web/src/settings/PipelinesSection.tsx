import { Button, Checkbox, Group, Menu, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { IconDots, IconPlus, IconStar, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Pipeline } from '../api/types';
import { StagePicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { ErrorState, LoadingRows } from '../ui/states';
import { NameField } from './NameField';
import { NameInput } from './NameInput';
import { Section } from './Section';
import { Stages } from './Stages';
import { useAct } from './useAct';

/** Open deals of a pipeline or of one of its stages: what a deletion would have to put somewhere. */
export const useOpenDeals = (query: { pipeline_id?: number; stage_id?: number }) =>
  useQuery({
    queryKey: ['deals', 'count', query],
    queryFn: () => ask(api.GET('/api/v1/deals/summary', { params: { query: { ...query, status: 'open' } } })),
  }).data?.deals;

/** Pipelines and their stages, as columns to be dragged. */
export default function PipelinesSection() {
  const catalog = useCatalog();
  const { mayManage } = useSession();
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  if (catalog.error) return <ErrorState error={catalog.error} />;
  if (catalog.isLoading) return <LoadingRows />;
  const pipeline = catalog.pipeline(Number(params.get('pipeline'))) ?? catalog.pipelines[0];
  const show = (id: number) => setParams({ pipeline: String(id) }, { replace: true });
  return (
    <Section
      title="Pipelines"
      lead="Drag stages into their order, or move them with the arrow keys on their handles. Deals that nobody touched for as long as their stage says are shown as rotting."
      actions={
        mayManage && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            Pipeline
          </Button>
        )
      }
    >
      {catalog.pipelines.length > 1 && catalog.pipelines.length < 6 && (
        <SegmentedControl
          w="fit-content"
          aria-label="Pipeline"
          value={String(pipeline?.id)}
          onChange={id => show(Number(id))}
          data={catalog.pipelines.map(one => ({ value: String(one.id), label: one.name }))}
        />
      )}
      {catalog.pipelines.length >= 6 && (
        <Select
          aria-label="Pipeline"
          w={260}
          searchable
          allowDeselect={false}
          value={String(pipeline?.id)}
          onChange={id => id && show(Number(id))}
          data={catalog.pipelines.map(one => ({ value: String(one.id), label: one.name }))}
        />
      )}
      {pipeline && <OnePipeline key={pipeline.id} pipeline={pipeline} />}
      {adding && <NewPipeline onClose={() => setAdding(false)} onAdded={show} />}
    </Section>
  );
}

const OnePipeline = ({ pipeline }: { pipeline: Pipeline }) => {
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

const DeletePipeline = ({ pipeline, onClose }: { pipeline: Pipeline; onClose: () => void }) => {
  const deals = useOpenDeals({ pipeline_id: pipeline.id });
  const [stage, setStage] = useState<number | null>(null);
  return (
    <FormModal
      title={`Delete ${pipeline.name}?`}
      submit="Delete the pipeline"
      danger
      keys={['pipelines', 'stages', 'deals', 'board']}
      done={`${pipeline.name} deleted.`}
      onClose={onClose}
      onSubmit={() =>
        ask(api.DELETE('/api/v1/pipelines/{id}', { params: { path: { id: pipeline.id }, query: { move_to: stage ?? undefined } } }))
      }
    >
      {errors => (
        <>
          <Text size="sm">
            {deals === undefined
              ? 'Counting its deals…'
              : deals === 0
                ? 'It has no open deals.'
                : `It has ${deals} open deals. Closed ones go with them.`}
          </Text>
          <StagePicker
            label="Its deals go to"
            description="Needed when it has deals, closed ones included"
            value={stage}
            onChange={setStage}
            error={errors.move_to}
          />
        </>
      )}
    </FormModal>
  );
};

const NewPipeline = ({ onClose, onAdded }: { onClose: () => void; onAdded: (id: number) => void }) => {
  const [name, setName] = useState('');
  const [stages, setStages] = useState('Qualified, Proposal, Negotiation');
  const add = async () => {
    const names = stages.split(',').flatMap(stage => stage.trim() || []);
    const body = {
      name,
      stages: names.map((stage, index) => ({ name: stage, probability: Math.round((100 * (index + 1)) / (names.length + 1)) })),
    };
    onAdded((await ask(api.POST('/api/v1/pipelines', { body }))).id);
  };
  return (
    <FormModal title="New pipeline" submit="Add" keys={['pipelines', 'stages']} done={`${name} added.`} onClose={onClose} onSubmit={add}>
      {errors => (
        <>
          <NameField value={name} error={errors.name} onChange={setName} />
          <TextInput
            label="Stages"
            description="From left to right, separated by commas; a won and a lost stage are added"
            value={stages}
            error={errors.stages}
            onChange={event => setStages(event.currentTarget.value)}
          />
        </>
      )}
    </FormModal>
  );
};
