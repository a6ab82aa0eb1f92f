import { IconCloudOff } from '@tabler/icons-react';
import { useConnection } from '../api/live';
import classes from './Shell.module.css';

/** Says that what is shown no longer follows the server. */
export const ConnectionBanner = () => {
  const connection = useConnection();
  return (
    <div role="status" className={connection === 'offline' ? classes.offline : undefined}>
      {connection === 'offline' && (
        <>
          <IconCloudOff size={16} aria-hidden />
          No connection. What you see may be old, and changes are not saved. Reconnecting…
        </>
      )}
    </div>
  );
};
