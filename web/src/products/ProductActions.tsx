import { Button, Group, Menu } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconCopy, IconPencil, IconRestore, IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import type { Product } from '../api/types';
import { FollowBell } from '../side/FollowBell';
import { MoreMenu } from '../ui/MoreMenu';
import { notifyDone } from '../ui/notify';
import { useProductAct } from './useProductAct';
import { useProductSave } from './useProductSave';

/** What can be done with a product; of a deleted one, only bringing it back. */
export const ProductActions = ({ product, onChange }: { product: Product; onChange: () => void }) => {
  const navigate = useNavigate();
  const { act, refresh } = useProductAct();
  const path = { params: { path: { id: product.id } } };
  const save = useProductSave(product.id);
  const restore = () => ask(api.POST('/api/v1/products/{id}/restore', path));
  return (
    <Group gap="xs">
      <FollowBell subject="product" id={product.id} />
      {product.deleted_at ? (
        <Button leftSection={<IconRestore size={16} aria-hidden />} loading={act.isPending} onClick={() => act.mutate(restore)}>
          Restore
        </Button>
      ) : (
        <>
          <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={onChange}>
            Change
          </Button>
          <MoreMenu>
            <Menu.Item
              leftSection={<IconCopy size={15} aria-hidden />}
              onClick={() =>
                act.mutate(async () => navigate(`/products/${(await ask(api.POST('/api/v1/products/{id}/duplicate', path))).id}`))
              }
            >
              Duplicate
            </Menu.Item>
            <Menu.Item
              leftSection={product.is_linkable ? <IconArchive size={15} aria-hidden /> : <IconArchiveOff size={15} aria-hidden />}
              onClick={() =>
                save(
                  { is_linkable: !product.is_linkable },
                  product.is_linkable ? `“${product.name}” archived: deals keep it, none can add it.` : `“${product.name}” is sold again.`,
                )
              }
            >
              {product.is_linkable ? 'Archive' : 'Sell again'}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={15} aria-hidden />}
              onClick={() =>
                act.mutate(async () => {
                  await ask(api.DELETE('/api/v1/products/{id}', path));
                  notifyDone(`“${product.name}” deleted; kept 30 days.`, async () => {
                    await restore();
                    await refresh();
                  });
                })
              }
            >
              Delete
            </Menu.Item>
          </MoreMenu>
        </>
      )}
    </Group>
  );
};
