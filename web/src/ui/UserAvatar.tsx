import { Avatar, Tooltip } from '@mantine/core';
import type { User } from '../api/types';

const colors = ['#0b7285', '#5f3dc4', '#2b6b2f', '#a61e4d', '#1864ab', '#8f4700', '#495057', '#862e9c'];

/** A user as a disc with initials; the name is there for everyone, not only on hover. */
export const UserAvatar = ({ user, size = 24 }: { user: User | undefined; size?: number }) => {
  const name = user?.name ?? 'Nobody';
  const initials = name
    .split(/\s+/)
    .filter(Boolean)
    .map(word => word[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return (
    <Tooltip label={user?.is_active === false ? `${name} (deactivated)` : name}>
      <Avatar
        size={size}
        radius="xl"
        alt={name}
        role="img"
        aria-label={name}
        styles={{
          placeholder: {
            background: user ? colors[user.id % colors.length] : 'var(--t-surface-2)',
            color: user ? '#fff' : 'var(--t-dim)',
            fontSize: size * 0.4,
            fontWeight: 600,
          },
        }}
      >
        {user ? initials : '–'}
      </Avatar>
    </Tooltip>
  );
};
