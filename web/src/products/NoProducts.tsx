import { Button } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { useCreate } from '../app/create';
import { FirstRunActions } from '../app/FirstRunActions';
import { Empty } from '../ui/states';
import type { Tab } from './tabs';

/** A tab without products, and what to do about it. */
export const NoProducts = ({ tab }: { tab: Tab }) => {
  const create = useCreate();
  return tab === 'active' ? (
    <Empty
      icon={IconPackage}
      title="No products yet"
      actions={
        <>
          <Button onClick={() => create('product')}>Add a product</Button>
          <FirstRunActions />
        </>
      }
    >
      Products have prices in several currencies and variations; the lines of deals take their defaults from them.
    </Empty>
  ) : (
    <Empty icon={IconPackage} title={tab === 'archived' ? 'No archived products' : 'The bin is empty'}>
      {tab === 'archived'
        ? 'Archived products stay on the deals that sold them and cannot be added to others.'
        : 'Deleted products wait here for 30 days and can be restored.'}
    </Empty>
  );
};
