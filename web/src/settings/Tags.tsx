import { ActionIcon, Group, Stack } from '@mantine/core';
import { IconArrowMerge, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { Empty, ErrorState, LoadingRows } from '../ui/states';
import { Tone } from '../ui/Tone';
import { AddLine } from './AddLine';
import { MergeTag, type Tag } from './MergeTag';
import { NameInput } from './NameInput';
import { useAct } from './useAct';

/** All tags; one that is spelled in two ways is merged into the other. */
export const Tags = () => {
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
