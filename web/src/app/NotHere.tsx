import { Button } from '@mantine/core';
import { IconMapPinOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Empty } from '../ui/states';

/** An address that is no screen. */
export default function NotHere() {
  return (
    <Empty
      icon={IconMapPinOff}
      title="There is no such page"
      actions={
        <Button component={Link} to="/deals">
          Go to deals
        </Button>
      }
    >
      The address may be from another version of the app.
    </Empty>
  );
}
