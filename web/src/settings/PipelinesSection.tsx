import { Button, SegmentedControl, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { useSession } from '../session/useSession';
import { ErrorState, LoadingRows } from '../ui/states';
import { NewPipeline } from './NewPipeline';
import { OnePipeline } from './OnePipeline';
import { Section } from './Section';

/** Pipelines and their stages, as columns to be dragged. */
export default function PipelinesSection() {
  const catalog = useCatalog();
  const { mayManage } = useSession();
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  if (catalog.error) return <ErrorState error={catalog.error} />;
  if (catalog.isLoading) return <LoadingRows />;
  const pipeline = catalog.pipeline(Number(params.get('pipeline'))) ?? catalog.pipelines[0];
  // Few short names stand side by side; else one is chosen from a list.
  const sideBySide = catalog.pipelines.length < 6 && catalog.pipelines.map(one => one.name).join('').length < 70;
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
      {catalog.pipelines.length > 1 && sideBySide && (
        <SegmentedControl
          w="fit-content"
          aria-label="Pipeline"
          value={String(pipeline?.id)}
          onChange={id => show(Number(id))}
          data={catalog.pipelines.map(one => ({ value: String(one.id), label: one.name }))}
        />
      )}
      {catalog.pipelines.length > 1 && !sideBySide && (
        <Select
          aria-label="Pipeline"
          w={320}
          maw="100%"
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
