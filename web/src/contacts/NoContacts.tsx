import { Button } from '@mantine/core';
import { IconAddressBook } from '@tabler/icons-react';
import { useCreate } from '../app/create';
import { FirstRunActions } from '../app/FirstRunActions';
import { Empty } from '../ui/states';
import type { Kind } from './kinds';

export const NoContacts = ({ kind }: { kind: Kind }) => {
  const create = useCreate();
  return (
    <Empty
      icon={IconAddressBook}
      title={`No ${kind}s yet`}
      actions={
        <>
          <Button onClick={() => create(kind)}>Add {kind === 'person' ? 'a person' : 'an organization'}</Button>
          <FirstRunActions />
        </>
      }
    >
      {kind === 'person' ? 'The people you sell to' : 'The companies you sell to'} stand here, with their deals and what was said.
    </Empty>
  );
};
