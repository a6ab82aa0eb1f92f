import { Button, Group, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconColumns3, IconFilter, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useIsPhone } from '../app/Shell';
import { read } from '../filters/condition';
import { ColumnChooser } from '../grid/ColumnChooser';
import { type Column, type Shown, writeShown } from '../grid/column';
import { UserPicker } from '../pickers/pickers';
import type { useAddressViews } from '../views/useViews';
import { ViewMenu } from '../views/ViewMenu';
import type { Kind } from './kinds';
import type { ContactAddress } from './useListAddress';

const FilterDialog = lazy(() => import('../filters/FilterDialog').then(module => ({ default: module.FilterDialog })));

type Props<Row> = {
  kind: Kind;
  address: ContactAddress;
  views: ReturnType<typeof useAddressViews>;
  columns: Column<Row>[];
  shown: Shown[];
};

/** Which contacts, and which of what is known of them. */
export const ContactToolbar = <Row,>({ kind, address, views, columns, shown }: Props<Row>) => {
  const isPhone = useIsPhone();
  const [text, setText] = useState(address.text);
  const [open, setOpen] = useState<'filter' | 'columns' | null>(null);
  const search = useDebouncedCallback((term: string) => address.set({ q: term.trim() || null }), 250);
  useEffect(() => setText(address.text), [address.text]);
  return (
    <Group
      gap="xs"
      px="md"
      pb="xs"
      role="toolbar"
      aria-label="List"
      wrap={isPhone ? 'nowrap' : 'wrap'}
      style={isPhone ? { overflowX: 'auto', flex: 'none', scrollbarWidth: 'none' } : undefined}
    >
      <ViewMenu {...views} />
      <TextInput
        w={220}
        style={{ flex: 'none' }}
        aria-label={`Search ${kind}s`}
        placeholder={`Search ${kind}s…`}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <UserPicker
        w={150}
        style={{ flex: 'none' }}
        aria-label="Owner"
        placeholder="Any owner"
        clearable
        clearButtonProps={{ 'aria-label': 'Any owner' }}
        value={address.owner}
        onChange={id => address.set({ owner: id === null ? null : String(id) })}
      />
      <Button
        style={{ flex: 'none' }}
        variant={address.where ? 'light' : 'default'}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={() => setOpen('filter')}
      >
        Filter
      </Button>
      <div style={{ flex: 1 }} />
      <Button
        style={{ flex: 'none' }}
        variant="default"
        leftSection={<IconColumns3 size={16} aria-hidden />}
        onClick={() => setOpen('columns')}
      >
        Columns
      </Button>
      {open === 'filter' && (
        <Suspense>
          <FilterDialog
            subject={kind}
            value={read(address.where)}
            onClose={() => setOpen(null)}
            onApply={where => address.set({ where: where && JSON.stringify(where) })}
          />
        </Suspense>
      )}
      {open === 'columns' && (
        <ColumnChooser
          columns={columns}
          shown={shown}
          onShown={next => address.set({ columns: writeShown(next, columns) })}
          onReset={() => address.set({ columns: null })}
          onClose={() => setOpen(null)}
        />
      )}
    </Group>
  );
};
