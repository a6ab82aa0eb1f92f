import { ActionIcon, Badge, Button, Group, Menu, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconCopy, IconDots, IconPencil, IconPlus, IconRestore, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Product } from '../api/types';
import { useRecordTitle } from '../app/titles';
import { notifyDone, notifyError } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { billings } from './columns';
import { ProductDeals } from './ProductDeals';
import { ProductForm } from './ProductForm';
import { ProductPast } from './ProductPast';
import { VariationForm } from './VariationForm';

type Variation = Product['variations'][number];

/** One product: its prices and variations, and the deals that sell it. */
export default function ProductPage() {
  const id = Number(useParams().id);
  const catalog = useCatalog();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [varying, setVarying] = useState<{ variation?: Variation } | null>(null);
  const {
    data: product,
    error,
    refetch,
  } = useQuery({
    queryKey: ['product', id],
    queryFn: () => ask(api.GET('/api/v1/products/{id}', { params: { path: { id } } })),
  });
  const path = { params: { path: { id } } };
  const refresh = () =>
    Promise.all([queries.invalidateQueries({ queryKey: ['product'] }), queries.invalidateQueries({ queryKey: ['products'] })]);
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: refresh,
    onError: failed => notifyError(failed),
  });

  useRecordTitle(product?.name);

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!product) return <LoadingRows rows={6} />;

  const archive = (archived: boolean) => ask(api.PATCH('/api/v1/products/{id}', { ...path, body: { is_linkable: !archived } }));
  const restore = () => ask(api.POST('/api/v1/products/{id}/restore', path));
  const facts: [string, string][] = [
    ['Code', product.code ?? '–'],
    ['Category', product.category ?? '–'],
    ['Unit', product.unit ?? '–'],
    ['Tax', format.percent(product.tax)],
    ['Billed', billings[product.billing_frequency] + (product.billing_cycles ? `, ${format.number(product.billing_cycles)} times` : '')],
    ['Owner', catalog.user(product.owner_id)?.name ?? '–'],
    ...catalog.fields
      .filter(field => field.subject === 'product' && product.custom[field.slug] != null)
      .map((field): [string, string] => [field.name, customText(product.custom[field.slug], field.options)]),
  ];

  return (
    <Stack p="md" maw={1080}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Text size="sm">
            <Link to="/products">Products</Link>
          </Text>
          <Group gap="sm">
            <Title order={1} size="h2" lineClamp={4} dir="auto" style={{ overflowWrap: 'anywhere' }}>
              {product.name}
            </Title>
            {product.deleted_at && (
              <Badge color="red.8" variant="light" leftSection={<IconTrash size={12} aria-hidden />}>
                Deleted
              </Badge>
            )}
            {!product.deleted_at && !product.is_linkable && (
              <Badge color="gray" variant="light" leftSection={<IconArchive size={12} aria-hidden />} style={{ color: 'var(--t-text)' }}>
                Archived
              </Badge>
            )}
          </Group>
        </div>
        <Group gap="xs">
          {product.deleted_at ? (
            <Button leftSection={<IconRestore size={16} aria-hidden />} loading={act.isPending} onClick={() => act.mutate(restore)}>
              Restore
            </Button>
          ) : (
            <>
              <Button leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEditing(true)}>
                Change
              </Button>
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="default" size={36} aria-label="More">
                    <IconDots size={17} aria-hidden />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
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
                </Menu.Dropdown>
              </Menu>
            </>
          )}
        </Group>
      </Group>

      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Paper withBorder p="md">
          <Title order={2} size="h3" mb="xs">
            About
          </Title>
          <dl style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '6px 18px', margin: 0 }}>
            {facts.map(([label, text]) => (
              <FactRow key={label} label={label} text={text} />
            ))}
          </dl>
          {product.description && (
            <Text size="sm" mt="sm" style={{ whiteSpace: 'pre-wrap', unicodeBidi: 'plaintext' }}>
              {product.description}
            </Text>
          )}
        </Paper>
        <Paper withBorder p="md">
          <Title order={2} size="h3" mb="xs">
            Prices
          </Title>
          {product.prices.length === 0 ? (
            <Text size="sm" c="dimmed">
              No price yet: lines of deals begin with zero.
            </Text>
          ) : (
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Currency</Table.Th>
                  <Table.Th ta="end">Price</Table.Th>
                  <Table.Th ta="end">Cost</Table.Th>
                  <Table.Th ta="end">Margin</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {product.prices.map(price => (
                  <Table.Tr key={price.currency}>
                    <Table.Td>{price.currency}</Table.Td>
                    <Table.Td ta="end">{format.money(price.price, price.currency)}</Table.Td>
                    <Table.Td ta="end">{format.money(price.cost, price.currency)}</Table.Td>
                    <Table.Td ta="end">
                      {price.cost == null || price.price === 0 ? '–' : format.percent(((price.price - price.cost) / price.price) * 100)}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Paper>
      </SimpleGrid>

      <Paper withBorder p="md">
        <Group justify="space-between" mb="xs">
          <Title order={2} size="h3">
            Variations
          </Title>
          {!product.deleted_at && (
            <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setVarying({})}>
              Variation
            </Button>
          )}
        </Group>
        {product.variations.length === 0 ? (
          <Text size="sm" c="dimmed">
            It is sold in one form. Sizes, editions and the like have prices of their own.
          </Text>
        ) : (
          <Table>
            <Table.Tbody>
              {product.variations.map(variation => (
                <Table.Tr key={variation.id}>
                  <Table.Td fw={550}>{variation.name}</Table.Td>
                  <Table.Td>{variation.prices.map(price => format.money(price.price, price.currency)).join(' · ') || '–'}</Table.Td>
                  <Table.Td ta="end">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={`Change ${variation.name}`}
                      onClick={() => setVarying({ variation })}
                    >
                      <IconPencil size={16} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={`Remove ${variation.name}`}
                      onClick={() =>
                        act.mutate(async () => {
                          await ask(
                            api.DELETE('/api/v1/products/{id}/variations/{variation}', {
                              params: { path: { id, variation: variation.id } },
                            }),
                          );
                          const { name, prices } = variation;
                          notifyDone(`“${name}” removed; deals keep its prices.`, async () => {
                            await ask(api.POST('/api/v1/products/{id}/variations', { ...path, body: { name, prices } }));
                            await refresh();
                          });
                        })
                      }
                    >
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Paper>

      <ProductDeals id={id} />
      <ProductPast id={id} />
      {editing && (
        <ProductForm product={product} onClose={() => setEditing(false)} onSaved={saved => notifyDone(`“${saved.name}” saved.`)} />
      )}
      {varying && <VariationForm product={product} variation={varying.variation} onClose={() => setVarying(null)} />}
    </Stack>
  );
}

const FactRow = ({ label, text }: { label: string; text: string }) => (
  <>
    <dt style={{ color: 'var(--t-dim)', fontSize: 13.5 }}>{label}</dt>
    <dd style={{ margin: 0, fontSize: 13.5 }}>{text}</dd>
  </>
);

const customText = (value: unknown, options: { id: number; label: string }[]) => {
  const one = (item: unknown) => options.find(option => option.id === item)?.label ?? String(item);
  return Array.isArray(value) ? value.map(one).join(', ') : one(value);
};
