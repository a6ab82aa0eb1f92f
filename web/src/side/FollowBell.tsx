import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconBell, IconBellOff } from '@tabler/icons-react';
import { useCatalog } from '../api/catalog';
import { useSession } from '../session/useSession';
import { UserAvatar } from '../ui/UserAvatar';
import { type Followed, useFollowers } from './followers';

/** Who is told of what happens to a record, and whether that is me. */
export const FollowBell = ({ subject, id }: { subject: Followed; id: number }) => {
  const catalog = useCatalog();
  const { user } = useSession();
  const { ids, set } = useFollowers(subject, id);
  const follows = ids.includes(user.id);
  const Bell = follows ? IconBell : IconBellOff;
  return (
    <Group gap={4} wrap="nowrap">
      {ids.slice(0, 4).map(one => (
        <UserAvatar key={one} user={catalog.user(one)} size={26} />
      ))}
      <Tooltip label={follows ? `You follow this ${subject}` : `Follow this ${subject}`}>
        <ActionIcon
          variant="subtle"
          color={follows ? 'river' : 'gray'}
          aria-pressed={follows}
          aria-label="Follow"
          onClick={() => set(user.id, !follows)}
        >
          <Bell size={17} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
};
