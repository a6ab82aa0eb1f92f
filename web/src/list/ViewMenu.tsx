import { ActionIcon, Button, Group, Menu, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconDeviceFloppy, IconPencil, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { SavedFilter } from '../api/types';
import { useSession } from '../session/useSession';
import { notifyDone, notifyError } from '../ui/notify';
import type { ListState } from './useListState';
import { isChanged, stateOf, viewOf } from './views';

type Props = { state: ListState; views: SavedFilter[]; onPick: (state: ListState) => void };

const circles = [
  { value: '1', label: 'Only I' },
  { value: '3', label: 'My team' },
  { value: '7', label: 'Everyone' },
];

/** Saved views: pick, keep, star as the one to begin with. */
export const ViewMenu = ({ state, views, onPick }: Props) => {
  const { user, isAdmin } = useSession();
  const queries = useQueryClient();
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const current = views.find(view => view.id === state.view);
  const mine = current && (current.owner_id === user.id || isAdmin);
  const changed = current && isChanged(state, current);
  const refresh = () => queries.invalidateQueries({ queryKey: ['filters'] });
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: refresh,
    onError: error => notifyError(error),
  });

  const star = (view: SavedFilter) =>
    act.mutate(() =>
      ask(api.POST(view.is_default ? '/api/v1/filters/{id}/unstar' : '/api/v1/filters/{id}/star', { params: { path: { id: view.id } } })),
    );
  const save = (view: SavedFilter) =>
    act.mutate(async () => {
      await ask(api.PATCH('/api/v1/filters/{id}', { params: { path: { id: view.id } }, body: viewOf(state) as never }));
      notifyDone(`“${view.name}” saved.`);
    });
  const remove = (view: SavedFilter) =>
    act.mutate(async () => {
      await ask(api.DELETE('/api/v1/filters/{id}', { params: { path: { id: view.id } } }));
      onPick({ ...state, view: null });
      const { name, visible_to } = view;
      notifyDone(`“${name}” deleted.`, async () => {
        await ask(
          api.POST('/api/v1/filters', { body: { subject: 'deal', name, visible_to, condition: view.condition, view: view.view } as never }),
        );
        await refresh();
      });
    });

  const group = (label: string, some: SavedFilter[]) =>
    some.length > 0 && (
      <>
        <Menu.Label>{label}</Menu.Label>
        {some.map(view => (
          <Group key={view.id} gap={0} wrap="nowrap">
            <Menu.Item
              onClick={() => onPick(stateOf(view))}
              fw={view.id === state.view ? 700 : undefined}
              aria-current={view.id === state.view || undefined}
            >
              {view.name}
            </Menu.Item>
            <ActionIcon
              variant="subtle"
              color={view.is_default ? 'yellow.8' : 'gray'}
              aria-label={view.is_default ? `${view.name} is where I begin: stop that` : `Begin with ${view.name}`}
              aria-pressed={view.is_default}
              onClick={() => star(view)}
            >
              {view.is_default ? <IconStarFilled size={16} aria-hidden /> : <IconStar size={16} aria-hidden />}
            </ActionIcon>
          </Group>
        ))}
      </>
    );

  return (
    <>
      <Menu position="bottom-start" width={270}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={15} aria-hidden />} maw={220}>
            {current ? `${current.name}${changed ? ' •' : ''}` : 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflow: 'auto' }}>
          {group(
            'Mine',
            views.filter(view => view.visible_to === 1),
          )}
          {group(
            'My team',
            views.filter(view => view.visible_to === 3),
          )}
          {group(
            'Everyone',
            views.filter(view => view.visible_to === 7),
          )}
          {views.length === 0 && <Menu.Label>No saved views yet</Menu.Label>}
          <Menu.Divider />
          {current && mine && changed && (
            <Menu.Item leftSection={<IconDeviceFloppy size={15} aria-hidden />} onClick={() => save(current)}>
              Save changes to “{current.name}”
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconDeviceFloppy size={15} aria-hidden />} onClick={() => setNaming('new')}>
            Save as a new view…
          </Menu.Item>
          {current && mine && (
            <>
              <Menu.Item leftSection={<IconPencil size={15} aria-hidden />} onClick={() => setNaming('rename')}>
                Rename or share…
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={() => remove(current)}>
                Delete “{current.name}”
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <ViewForm
          view={naming === 'rename' ? current : undefined}
          onClose={() => setNaming(null)}
          onSave={async (name, visible_to) => {
            if (naming === 'rename' && current) {
              await ask(api.PATCH('/api/v1/filters/{id}', { params: { path: { id: current.id } }, body: { name, visible_to } }));
            } else {
              const made = await ask(
                api.POST('/api/v1/filters', { body: { subject: 'deal', name, visible_to, ...viewOf(state) } as never }),
              );
              onPick({ ...state, view: made.id });
            }
            await refresh();
          }}
        />
      )}
    </>
  );
};

const ViewForm = ({
  view,
  onSave,
  onClose,
}: {
  view?: SavedFilter;
  onSave: (name: string, circle: number) => Promise<void>;
  onClose: () => void;
}) => {
  const [name, setName] = useState(view?.name ?? '');
  const [circle, setCircle] = useState(String(view?.visible_to ?? 1));
  const save = useMutation({ mutationFn: () => onSave(name.trim(), Number(circle)), onSuccess: onClose });
  return (
    <Modal
      opened
      onClose={onClose}
      title={view ? 'Rename or share the view' : 'Save the view'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={event => {
          event.preventDefault();
          if (name.trim()) save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            data-autofocus
            required
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            error={save.error?.message}
          />
          <Radio.Group label="Who sees it" value={circle} onChange={setCircle}>
            <Group mt="xs">
              {circles.map(one => (
                <Radio key={one.value} {...one} />
              ))}
            </Group>
          </Radio.Group>
          <Text size="sm" c="dimmed">
            It keeps the tab, the filter, the order, the grouping and the columns.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
