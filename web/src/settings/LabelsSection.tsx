import { ActionIcon, ColorInput, Group, Select, Stack, Tabs, Text } from '@mantine/core';
import { IconArrowMerge, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { components, Label } from '../api/types';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { Modal } from '../ui/Modal';
import { Empty, ErrorState, LoadingRows } from '../ui/states';
import { Tone } from '../ui/Tone';
import { AddLine } from './AddLine';
import { NameInput } from './NameInput';
import { Section } from './Section';
import classes from './Settings.module.css';
import { SortedList } from './SortedList';
import { useAct } from './useAct';

type Tag = components['schemas']['Tag'];
const subjects = ['deal', 'person', 'organization', 'lead', 'product'] as const;
const hex = (color: string) => (/^#[0-9a-f]{6}$/i.test(color) ? color : '');

/** Labels by kind of record, and tags. */
export default function LabelsSection() {
  const [params, setParams] = useSearchParams();
  const tab = params.get('of') ?? 'deal';
  return (
    <Section
      title="Labels and tags"
      lead="Labels are chosen from a list, have a colour and belong to one kind of record; tags are words that anybody may write on a deal."
    >
      <Tabs value={tab} onChange={of => setParams({ of: of ?? 'deal' }, { replace: true })} keepMounted={false}>
        <Tabs.List mb="md">
          {subjects.map(subject => (
            <Tabs.Tab key={subject} value={subject} tt="capitalize">
              {subject}s
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="tags">Tags</Tabs.Tab>
        </Tabs.List>
        {subjects.map(subject => (
          <Tabs.Panel key={subject} value={subject}>
            <Labels subject={subject} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="tags">
          <Tags />
        </Tabs.Panel>
      </Tabs>
    </Section>
  );
}

const Labels = ({ subject }: { subject: Label['subject'] }) => {
  const { mayManage } = useSession();
  const act = useAct('labels');
  const rows = useCatalog()
    .labels.filter(label => label.subject === subject)
    .sort((a, b) => a.position - b.position);
  const [deleting, setDeleting] = useState<Label | null>(null);
  const patch = (row: Label, body: { name?: string; color?: string }) =>
    act(() => ask(api.PATCH('/api/v1/labels/{id}', { params: { path: { id: row.id } }, body })), 'Saved.');
  return (
    <Stack>
      {mayManage && (
        <AddLine
          label={`New label for ${subject}s`}
          onAdd={name => act(() => ask(api.POST('/api/v1/labels', { body: { subject, name } })), `${name} added.`)}
        />
      )}
      {rows.length === 0 && <Empty title="No labels yet">Labels make what is alike stand out on the board and in lists.</Empty>}
      <SortedList
        kind={`label-${subject}`}
        rows={rows}
        disabled={!mayManage}
        onSort={ids => act(() => ask(api.POST('/api/v1/labels/reorder', { body: { subject, ids } })))}
        onDelete={setDeleting}
      >
        {row => (
          <>
            <div className={classes.itemName}>
              <NameInput label={`Name of ${row.name}`} value={row.name} disabled={!mayManage} onSave={name => patch(row, { name })} />
            </div>
            <ColorInput
              aria-label={`Colour of ${row.name}`}
              w={150}
              disabled={!mayManage}
              eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
              placeholder={row.color}
              withPreview={hex(row.color) !== ''}
              leftSection={hex(row.color) === '' && <span className={classes.swatch} style={{ background: row.color }} />}
              defaultValue={hex(row.color)}
              onChangeEnd={color => hex(color) && void patch(row, { color })}
            />
          </>
        )}
      </SortedList>
      {deleting && (
        <FormModal
          title={`Delete the label ${deleting.name}?`}
          submit="Delete the label"
          danger
          keys={['labels', 'deals', 'board']}
          done={`${deleting.name} deleted.`}
          onClose={() => setDeleting(null)}
          onSubmit={() => ask(api.DELETE('/api/v1/labels/{id}', { params: { path: { id: deleting.id } } }))}
        >
          {() => <Text size="sm">It is taken off every record.</Text>}
        </FormModal>
      )}
    </Stack>
  );
};

const Tags = () => {
  const act = useAct('tags');
  const { mayManage } = useSession();
  const tags = useQuery({
    queryKey: ['tags'],
    queryFn: () => ask(api.GET('/api/v1/tags', { params: { query: { limit: 500, sort: ['name'] } } })),
  });
  const [merging, setMerging] = useState<Tag | null>(null);
  if (tags.error) return <ErrorState error={tags.error} onRetry={() => void tags.refetch()} />;
  if (!tags.data) return <LoadingRows />;
  return (
    <Stack>
      <AddLine label="New tag" onAdd={name => act(() => ask(api.POST('/api/v1/tags', { body: { name } })), `${name} added.`)} />
      {tags.data.data.length === 0 && <Empty title="No tags yet" />}
      {tags.data.data.map(tag => (
        <Group key={tag.id} gap="xs" maw={480}>
          <div style={{ flex: 1 }}>
            <NameInput
              label={`Name of ${tag.name}`}
              value={tag.name}
              onSave={name =>
                act(() => ask(api.PATCH('/api/v1/tags/{id}', { params: { path: { id: tag.id } }, body: { name } })), 'Tag renamed.')
              }
            />
          </div>
          <Tone>id {tag.id}</Tone>
          {mayManage && (
            <>
              <ActionIcon variant="subtle" color="gray" aria-label={`Merge ${tag.name}`} onClick={() => setMerging(tag)}>
                <IconArrowMerge size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Delete ${tag.name}`}
                onClick={() =>
                  void act(() => ask(api.DELETE('/api/v1/tags/{id}', { params: { path: { id: tag.id } } })), `${tag.name} deleted.`)
                }
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </>
          )}
        </Group>
      ))}
      {merging && <MergeTag tag={merging} tags={tags.data.data} onClose={() => setMerging(null)} />}
    </Stack>
  );
};

const MergeTag = ({ tag, tags, onClose }: { tag: Tag; tags: Tag[]; onClose: () => void }) => {
  const [into, setInto] = useState<string | null>(null);
  if (tags.length < 2) {
    return (
      <Modal opened onClose={onClose} title="Merge">
        There is no other tag.
      </Modal>
    );
  }
  return (
    <FormModal
      title={`Put another tag in the place of ${tag.name}`}
      submit="Merge"
      keys={['tags', 'deals']}
      done={`${tag.name} merged.`}
      onClose={onClose}
      onSubmit={() => ask(api.POST('/api/v1/tags/{id}/merge', { params: { path: { id: tag.id } }, body: { into: Number(into) } }))}
    >
      {errors => (
        <Select
          label="The tag that stays"
          required
          searchable
          value={into}
          onChange={setInto}
          error={errors.into}
          data={tags.filter(one => one.id !== tag.id).map(one => ({ value: String(one.id), label: one.name }))}
        />
      )}
    </FormModal>
  );
};
