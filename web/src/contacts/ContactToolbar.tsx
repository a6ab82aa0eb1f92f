import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconColumns3, IconFilter, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { read } from '../filters/condition';
import { ColumnChooser } from '../grid/ColumnChooser';
import { type Column, type Shown, writeShown } from '../grid/column';
import { ExportMenu } from '../grid/ExportMenu';
import { exported, exportUrl } from '../grid/exporting';
import { UserPicker } from '../pickers/pickers';
import { Toolbar } from '../ui/Toolbar';
import type { useAddressViews } from '../views/useViews';
import { ViewMenu } from '../views/ViewMenu';
import type { Kind } from './kinds';
import { queryOf } from './useContactRows';
import { type ContactAddress, groupings } from './useListAddress';

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
  const [text, setText] = useState(address.text);
  const [open, setOpen] = useState<'filter' | 'columns' | null>(null);
  const search = useDebouncedCallback((term: string) => address.set({ q: term.trim() || null }), 250);
  useEffect(() => setText(address.text), [address.text]);
  const parameters = Object.entries({ ...queryOf(address), sort: address.sort }).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return (
    <Toolbar label="List" padding="0 16px 10px">
      <ViewMenu {...views} />
      <TextInput
        w={220}
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
        aria-label="Owner"
        placeholder="Any owner"
        clearable
        clearButtonProps={{ 'aria-label': 'Any owner' }}
        value={address.owner}
        onChange={id => address.set({ owner: id === null ? null : String(id) })}
      />
      <Button
        variant={address.where ? 'light' : 'default'}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={() => setOpen('filter')}
      >
        Filter
      </Button>
      <Select
        aria-label="Group by"
        w={150}
        allowDeselect={false}
        value={address.group ?? ''}
        onChange={group => address.set({ group: group || null })}
        data={[{ value: '', label: 'Not grouped' }, ...groupings.map(one => ({ value: one, label: `By ${one}` }))]}
      />
      <Toolbar.Spring />
      <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />} onClick={() => setOpen('columns')}>
        Columns
      </Button>
      <ExportMenu
        name={`${kind}s`}
        urlOf={format => exportUrl(`${kind}s`, format, parameters, exported(columns, shown))}
        apiQuery={`GET /api/v1/${kind}s?${new URLSearchParams(parameters)}`}
      />
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
    </Toolbar>
  );
};
