import { Button, Group, Menu } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconCopy, IconPencil, IconRestore, IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import type { Product } from '../api/types';
import { MoreMenu } from '../ui/MoreMenu';
import { notifyDone } from '../ui/notify';
import { useProductAct } from './useProductAct';

/** What can be done with a product; of a deleted one, only bringing it back. */
export const ProductActions = ({ product, onChange }: { product: Product; onChange: () => void }) => {
  const navigate = useNavigate();
  const { act, refresh } = useProductAct();
  const path = { params: { path: { id: product.id } } };
  const archive = (archived: boolean) => ask(api.PATCH('/api/v1/products/{id}', { ...path, body: { is_linkable: !archived } }));
  const restore = () => ask(api.POST('/api/v1/products/{id}/restore', path));
  return (
    <Group gap="xs">
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
                act.mutate(async () => {
                  await archive(product.is_linkable);
                  notifyDone(
                    product.is_linkable
                      ? `“${product.name}” archived: deals keep it, none can add it.`
                      : `“${product.name}” is sold again.`,
                    async () => {
                      await archive(!product.is_linkable);
                      await refresh();
                    },
                  );
                })
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
