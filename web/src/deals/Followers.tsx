import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Deal } from '../api/types';
import { useSession } from '../session/useSession';
import { notifyError } from '../ui/notify';
import { UserAvatar } from '../ui/UserAvatar';

/** Who is told of what happens to the deal, and whether that is me. */
export const Followers = ({ deal }: { deal: Deal }) => {
  const catalog = useCatalog();
  const { user } = useSession();
  const queries = useQueryClient();
  const followers = deal.followers ?? [];
  const follows = followers.some(one => one.user_id === user.id);
  const toggle = useMutation({
    mutationFn: () =>
      follows
        ? ask(api.DELETE('/api/v1/deals/{id}/followers/{user_id}', { params: { path: { id: deal.id, user_id: user.id } } }))
        : ask(api.POST('/api/v1/deals/{id}/followers', { params: { path: { id: deal.id } }, body: { user_id: user.id } }) as never),
    onSettled: () => queries.invalidateQueries({ queryKey: ['deal', deal.id] }),
    onError: error => notifyError(error),
  });
  const Bell = follows ? IconBell : IconBellOff;
  return (
    <Group gap={4} wrap="nowrap">
      {followers.slice(0, 4).map(one => (
        <UserAvatar key={one.user_id} user={catalog.user(one.user_id)} size={26} />
      ))}
      <Tooltip label={follows ? 'You follow this deal' : 'Follow this deal'}>
        <ActionIcon
          variant="subtle"
          color={follows ? 'river' : 'gray'}
          aria-pressed={follows}
          aria-label="Follow"
          loading={toggle.isPending}
          onClick={() => toggle.mutate()}
        >
          <Bell size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
};
