import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconChevronDown, IconDeviceFloppy, IconPencil, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { SavedFilter } from '../api/types';
import type { FilterSubject } from '../filters/fields';
import { useSession } from '../session/useSession';
import { notifyDone, notifyError } from '../ui/notify';
import { bodyOf, isChanged, type Kept, keptOf } from './kept';
import { ViewForm } from './ViewForm';

type Props = {
  subject: FilterSubject;
  /** What the screen shows now. */
  kept: Kept;
  current: number | null;
  views: SavedFilter[];
  onPick: (view: number | null, kept: Kept) => void;
};

/** Saved views: pick, keep, star as the one to begin with. */
export const ViewMenu = ({ subject, kept, current: id, views, onPick }: Props) => {
  const { user, isAdmin } = useSession();
  const queries = useQueryClient();
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null);
  const current = views.find(view => view.id === id);
  const mine = current && (current.owner_id === user.id || isAdmin);
  const changed = current && isChanged(kept, current);
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
      await ask(api.PATCH('/api/v1/filters/{id}', { params: { path: { id: view.id } }, body: bodyOf(kept) as never }));
      notifyDone(`“${view.name}” saved.`);
    });
  const remove = (view: SavedFilter) =>
    act.mutate(async () => {
      await ask(api.DELETE('/api/v1/filters/{id}', { params: { path: { id: view.id } } }));
      onPick(null, kept);
      const { name, visible_to } = view;
      notifyDone(`“${name}” deleted.`, async () => {
        await ask(
          api.POST('/api/v1/filters', { body: { subject, name, visible_to, condition: view.condition, view: view.view } as never }),
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
              onClick={() => onPick(view.id, keptOf(view))}
              fw={view.id === id ? 700 : undefined}
              aria-current={view.id === id || undefined}
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
          <Button variant="default" rightSection={<IconChevronDown size={15} aria-hidden />} maw={220} style={{ flex: 'none' }}>
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
              const made = await ask(api.POST('/api/v1/filters', { body: { subject, name, visible_to, ...bodyOf(kept) } as never }));
              onPick(made.id, kept);
            }
            await refresh();
          }}
        />
      )}
    </>
  );
};
