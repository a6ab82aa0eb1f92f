import type { User } from '../api/types';
import classes from './UserAvatar.module.css';

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
  const style = { width: size, height: size, fontSize: size * 0.4, background: user ? colors[user.id % colors.length] : undefined };
  const title = user?.is_active === false ? `${name} (deactivated)` : name;
  return (
    <span
      role="img"
      title={title}
      aria-label={name}
      className={classes.disc}
      data-nobody={!user || undefined}
      data-initials={user ? initials : '–'}
      style={style}
    />
  );
};
