import { ActionIcon, Group, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useCatalog } from '../api/catalog';
import { UserPicker } from '../pickers/pickers';
import { UserAvatar } from '../ui/UserAvatar';
import { type Followed, useFollowers } from './followers';
import { SideSection } from './SideSection';

/** Everyone who follows a record, by name; colleagues are added and taken away. */
export const FollowerList = ({ subject, id }: { subject: Followed; id: number }) => {
  const catalog = useCatalog();
  const { ids, set } = useFollowers(subject, id);
  return (
    <SideSection title="Followers">
      {ids.map(one => {
        const user = catalog.user(one);
        return (
          <Group key={one} gap="xs" wrap="nowrap">
            <UserAvatar user={user} size={24} />
            <Text size="sm" flex={1} truncate>
              {user?.name ?? `#${one}`}
            </Text>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${user?.name ?? 'User'} stops following`}
              onClick={() => set(one, false)}
            >
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </Group>
        );
      })}
      <UserPicker
        aria-label="Add a follower"
        placeholder="Add a follower"
        maw={260}
        value={null}
        onChange={chosen => chosen && set(chosen, true)}
      />
    </SideSection>
  );
};
