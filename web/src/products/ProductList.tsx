import { Badge, Button, Group, Tabs, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Product } from '../api/types';
import { useCreate } from '../app/create';
import { useIsPhone } from '../app/Shell';
import { type Column, readShown, writeShown } from '../grid/column';
import { Grid } from '../grid/Grid';
import { layOut } from '../grid/sections';
import { pageSize, usePages } from '../grid/usePages';
import { useSession } from '../session/useSession';
import { ErrorState, FilteredOut, LoadingRows } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { useAddressViews } from '../views/useViews';
import { productColumns } from './columns';
import { NoProducts } from './NoProducts';
import { ProductToolbar } from './ProductToolbar';
import { type Tab, tabs } from './tabs';

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

  const query = {
    ...(tab === 'deleted' ? { scope: 'deleted' as const } : { is_linkable: tab === 'active' }),
    ...(search ? { search } : {}),
    ...(params.get('where') ? { where: params.get('where')! } : {}),
    sort: [sortText],
  };
  const asked = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
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
      <ProductToolbar views={views} search={search} onSearch={term => put('q', term)} parameters={asked} columns={columns} shown={wide} />
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
            <NoProducts tab={tab} />
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
