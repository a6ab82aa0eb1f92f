import { ActionIcon, Anchor, Code, Group, Image, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconDownload, IconEye, IconFile, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask, send } from '../api/client';
import type { Deal, StoredFile } from '../api/types';
import { uploadFile } from '../past/about';
import { Modal } from '../ui/Modal';
import { notifyDone, notifyError } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { previewOf, sizeText } from './files';

const content = (file: StoredFile) => `/api/v1/files/${file.id}/content`;

export default function DealFiles({ deal }: { deal: Deal }) {
  const queries = useQueryClient();
  const catalog = useCatalog();
  const format = useFormat();
  const [preview, setPreview] = useState<StoredFile | null>(null);
  const key = ['files', 'deal', deal.id];
  const query = useQuery({
    queryKey: key,
    queryFn: () => ask(api.GET('/api/v1/files', { params: { query: { deal_id: deal.id, limit: 200, sort: ['-added_at'] } } })),
  });
  const refresh = () => {
    for (const root of ['files', 'timeline', 'deal']) void queries.invalidateQueries({ queryKey: [root] });
  };
  const upload = useMutation({
    mutationFn: (files: File[]) => Promise.all(files.map(file => uploadFile(file, { deal_id: deal.id }))),
    onSuccess: files => notifyDone(files.length === 1 ? `“${files[0]!.name}” added.` : `${files.length} files added.`),
    onError: error => notifyError(error, 'Not uploaded'),
    onSettled: refresh,
  });
  const remove = (file: StoredFile) =>
    ask(api.DELETE('/api/v1/files/{id}', { params: { path: { id: file.id } } })).then(() => {
      refresh();
      notifyDone(`“${file.name}” deleted.`, () =>
        ask(api.POST('/api/v1/files/{id}/restore', { params: { path: { id: file.id } } })).then(refresh),
      );
    }, notifyError);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Stack>
      <Dropzone onDrop={files => upload.mutate(files)} loading={upload.isPending} aria-label="Add files">
        <Text size="sm" ta="center" p="md" style={{ pointerEvents: 'none' }}>
          Drop files here, or press to choose them.
        </Text>
      </Dropzone>
      {!query.data && <LoadingRows rows={3} />}
      {query.data?.data.map(file => (
        <Group key={file.id} gap="sm" wrap="nowrap">
          {previewOf(file.content_type) === 'image' && file.is_local ? (
            <Image src={content(file)} alt="" w={40} h={40} radius="sm" fit="cover" />
          ) : (
            <IconFile size={28} stroke={1.4} aria-hidden />
          )}
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text size="sm" fw={500} truncate>
              {file.name}
            </Text>
            <Text size="xs" c="dimmed">
              {sizeText(file.size_bytes)} · {catalog.user(file.user_id)?.name ?? 'the server'} · {format.instant(file.added_at)}
            </Text>
          </div>
          {file.is_local && (
            <>
              {previewOf(file.content_type) && (
                <ActionIcon variant="subtle" color="gray" aria-label={`Look at ${file.name}`} onClick={() => setPreview(file)}>
                  <IconEye size={17} aria-hidden />
                </ActionIcon>
              )}
              <ActionIcon variant="subtle" color="gray" component="a" href={content(file)} download aria-label={`Download ${file.name}`}>
                <IconDownload size={17} aria-hidden />
              </ActionIcon>
            </>
          )}
          <ActionIcon variant="subtle" color="gray" aria-label={`Delete ${file.name}`} onClick={() => remove(file)}>
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {query.data?.data.length === 0 && (
        <Text size="sm" c="dimmed" ta="center">
          No files yet.
        </Text>
      )}
      {preview && (
        <Modal opened onClose={() => setPreview(null)} title={preview.name} size="xl">
          <Preview file={preview} />
          <Anchor href={content(preview)} download size="sm">
            Download
          </Anchor>
        </Modal>
      )}
    </Stack>
  );
}

const Preview = ({ file }: { file: StoredFile }) => {
  const kind = previewOf(file.content_type);
  const { data: text } = useQuery({
    queryKey: ['files', file.id, 'text'],
    queryFn: async () => (await (await send(content(file))).text()).slice(0, 100_000),
    enabled: kind === 'text',
  });
  if (kind === 'image') return <Image src={content(file)} alt={file.name} fit="contain" mah="70vh" />;
  // biome-ignore lint/a11y/useMediaCaption: recordings come without captions.
  if (kind === 'audio') return <audio src={content(file)} controls style={{ width: '100%' }} />;
  // biome-ignore lint/a11y/useMediaCaption: recordings come without captions.
  if (kind === 'video') return <video src={content(file)} controls style={{ width: '100%' }} />;
  return (
    <Code block mah="70vh" style={{ overflow: 'auto' }}>
      {text ?? '…'}
    </Code>
  );
};
