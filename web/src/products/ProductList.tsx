import { Badge, Button, CloseButton, Group, Tabs, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconPackage, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Product } from '../api/types';
import { useCreate } from '../app/create';
import { FirstRunActions } from '../app/FirstRunActions';
import { useIsPhone } from '../app/Shell';
import { type Column, readShown, writeShown } from '../grid/column';
import { Grid } from '../grid/Grid';
import { layOut } from '../grid/sections';
import { pageSize, usePages } from '../grid/usePages';
import { useSession } from '../session/useSession';
import { Empty, ErrorState, FilteredOut, LoadingRows } from '../ui/states';
import { Toolbar } from '../ui/Toolbar';
import { useFormat } from '../ui/useFormat';
import { useAddressViews } from '../views/useViews';
import { ViewMenu } from '../views/ViewMenu';
import { productColumns } from './columns';

const tabs = { active: 'For sale', archived: 'Archived', deleted: 'Deleted' } as const;
type Tab = keyof typeof tabs;

/** All products. Archived ones are kept where they were sold and cannot be added to deals. */
export const ProductList = () => {
  const create = useCreate();
  const navigate = useNavigate();
  const catalog = useCatalog();
  const format = useFormat();
  const isPhone = useIsPhone();
  const { workspace } = useSession();
  const [params, setParams] = useSearchParams();
  const views = useAddressViews('product');
  const [sight, setSight] = useState({ first: 0, last: 30 });
  const tab: Tab = params.get('tab') === 'archived' ? 'archived' : params.get('tab') === 'deleted' ? 'deleted' : 'active';
  const search = params.get('q') ?? '';
  const [text, setText] = useState(search);
  useEffect(() => setText(search), [search]);
  const sortText = params.get('sort') ?? 'name';
  const sort = { field: sortText.replace(/^-/, ''), down: sortText.startsWith('-') };
  const put = (name: string, value: string) =>
    setParams(
      now => {
        const next = new URLSearchParams(now);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const find = useDebouncedCallback((term: string) => put('q', term.trim()), 250);

  const query = {
    ...(tab === 'deleted' ? { scope: 'deleted' as const } : { is_linkable: tab === 'active' }),
    ...(search ? { search } : {}),
    ...(params.get('where') ? { where: params.get('where')! } : {}),
    sort: [sortText],
  };
  const counted = useQuery({
    queryKey: ['products', 'count', query],
    queryFn: async () =>
      (await ask(api.GET('/api/v1/products', { params: { query: { ...query, limit: 1, total: true, fields: ['id'] } } }))).total ?? 0,
    placeholderData: before => before,
    enabled: !views.isBeginning,
  });
  const layout = useMemo(() => layOut([{ key: 'all', count: counted.data }], new Set()), [counted.data]);
  const pages = usePages<Product>(['products', 'list', query], layout, sight.first, sight.last, (_, cursor, signal) =>
    ask(api.GET('/api/v1/products', { params: { query: { ...query, limit: pageSize, ...(cursor ? { cursor } : {}) } }, signal })),
  );
  // A price column for each currency that something is priced in; the others can be chosen.
  const priced = new Set([workspace.base_currency, ...pages.loaded().flatMap(product => product.prices.map(price => price.currency))]);
  const columns: Column<Product>[] = useMemo(
    () => productColumns(catalog, format, workspace.base_currency),
    [catalog, format, workspace.base_currency],
  );
  const usual = columns.filter(column => !column.id.startsWith('price.') || priced.has(column.id.slice(6))).map(column => column.id);
  const wide = readShown(params.get('columns') ?? usual.join(','), columns);
  const shown = isPhone ? wide.map((one, at) => (at === 0 ? { ...one, width: Math.min(one.width, 190) } : one)) : wide;

  const onSight = useCallback(
    (first: number, last: number) => setSight(now => (now.first === first && now.last === last ? now : { first, last })),
    [],
  );
  const error = counted.error ?? pages.error;

  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100%' }}>
      <Group px="md" pt="sm" pb="xs" gap="xs">
        <Title order={1} size="h2">
          Products
        </Title>
        <div style={{ flex: 1 }} />
        <Button component={Link} to="/import" variant="default" visibleFrom="sm">
          Import
        </Button>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create('product')}>
          Product
        </Button>
      </Group>
      <Toolbar label="List" padding="0 16px 10px">
        <ViewMenu {...views} />
        <TextInput
          aria-label="Search products"
          placeholder="Name contains…"
          w={220}
          leftSection={<IconSearch size={15} aria-hidden />}
          value={text}
          onChange={event => {
            setText(event.currentTarget.value);
            find(event.currentTarget.value);
          }}
          rightSection={text ? <CloseButton size="sm" aria-label="Clear the search" onClick={() => put('q', '')} /> : null}
        />
      </Toolbar>
      <Tabs value={tab} onChange={next => setParams(next === 'active' ? {} : { tab: next ?? '' })} px="md">
        <Tabs.List>
          {(Object.keys(tabs) as Tab[]).map(one => (
            <Tabs.Tab
              key={one}
              value={one}
              rightSection={
                one === tab && counted.data !== undefined ? (
                  <Badge size="sm" variant="light" color="gray" style={{ color: 'var(--t-text)' }}>
                    {format.number(counted.data)}
                  </Badge>
                ) : undefined
              }
            >
              {tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <div style={{ flex: 1, minHeight: 0 }}>
        {error ? (
          <ErrorState error={error} onRetry={() => (counted.error ? void counted.refetch() : pages.retry())} />
        ) : counted.data === undefined ? (
          <LoadingRows rows={10} height={30} />
        ) : counted.data === 0 ? (
          search ? (
            <FilteredOut what="products" onClear={() => put('q', '')} />
          ) : (
            <Nothing tab={tab} onCreate={() => create('product')} />
          )
        ) : (
          <Grid
            key={tab}
            label="Products"
            columns={columns}
            shown={shown}
            onShown={next => put('columns', writeShown(next, columns))}
            sort={sort}
            onSort={next => put('sort', `${next.down ? '-' : ''}${next.field}`)}
            layout={layout}
            row={pages.row}
            onSight={onSight}
            nameOf={product => product.name}
            onOpen={product => navigate(`/products/${product.id}`)}
          />
        )}
      </div>
    </div>
  );
};

const Nothing = ({ tab, onCreate }: { tab: Tab; onCreate: () => void }) =>
  tab === 'active' ? (
    <Empty
      icon={IconPackage}
      title="No products yet"
      actions={
        <>
          <Button onClick={onCreate}>Add a product</Button>
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
