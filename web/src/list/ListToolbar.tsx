import { ActionIcon, Button, CloseButton, Group, Menu, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconColumns3, IconCopy, IconDownload, IconFilter, IconPlus, IconSearch, IconUpload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { useCreate } from '../app/create';
import { useIsPhone } from '../app/Shell';
import { FilterDialog } from '../filters/FilterDialog';
import { ColumnChooser } from '../grid/ColumnChooser';
import type { Column, Shown } from '../grid/column';
import { notifyDone, notifyError } from '../ui/notify';
import { apiQuery, exportUrl } from './addresses';
import classes from './List.module.css';
import { type Grouping, groupings, type ListState } from './useListState';

type Props = {
  state: ListState;
  change: (next: Partial<ListState>) => void;
  columns: Column<Deal>[];
  shown: Shown[];
  onShown: (shown: Shown[]) => void;
  viewMenu: React.ReactNode;
};

const groupNames: Record<Grouping, string> = { stage: 'Stage', owner: 'Owner', month: 'Month of close', label: 'Label' };

export const ListToolbar = ({ state, change, columns, shown, onShown, viewMenu }: Props) => {
  const create = useCreate();
  const isPhone = useIsPhone();
  const catalog = useCatalog();
  const [filtering, setFiltering] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [search, setSearch] = useState(state.search);
  const ask = useDebouncedCallback((text: string) => change({ search: text.trim() }), 250);
  useEffect(() => setSearch(state.search), [state.search]);

  const copy = () =>
    navigator.clipboard.writeText(apiQuery(state)).then(
      () => notifyDone('The API query is on the clipboard.'),
      error => notifyError(error),
    );

  return (
    <Group
      gap="xs"
      px="md"
      py="xs"
      role="toolbar"
      className={classes.toolbar}
      aria-label="List"
      wrap={isPhone ? 'nowrap' : 'wrap'}
      style={isPhone ? { overflowX: 'auto', flex: 'none' } : undefined}
    >
      {viewMenu}
      <Select
        aria-label="Pipeline"
        w={150}
        style={{ flex: 'none' }}
        value={state.pipeline ? String(state.pipeline) : ''}
        onChange={id => change({ pipeline: id ? Number(id) : null })}
        allowDeselect={false}
        data={[{ value: '', label: 'All pipelines' }, ...catalog.pipelines.map(one => ({ value: String(one.id), label: one.name }))]}
      />
      <TextInput
        aria-label="Search in titles"
        placeholder="Title contains…"
        w={170}
        style={{ flex: 'none' }}
        leftSection={<IconSearch size={15} aria-hidden />}
        value={search}
        onChange={event => {
          setSearch(event.currentTarget.value);
          ask(event.currentTarget.value);
        }}
        rightSection={search ? <CloseButton size="sm" aria-label="Clear the search" onClick={() => change({ search: '' })} /> : null}
      />
      <Button
        variant={state.where ? 'light' : 'default'}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={() => setFiltering(true)}
      >
        Filter
      </Button>
      <Select
        aria-label="Group by"
        w={165}
        style={{ flex: 'none' }}
        value={state.group ?? ''}
        onChange={word => change({ group: (word || null) as Grouping | null })}
        allowDeselect={false}
        data={[
          { value: '', label: 'Not grouped' },
          ...groupings.map(word => ({ value: word, label: `By ${groupNames[word].toLowerCase()}` })),
        ]}
      />
      <div style={{ flex: 1 }} />
      <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />} onClick={() => setChoosing(true)}>
        Columns
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="Export and import">
            <IconDownload size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Export what is listed</Menu.Label>
          {(['csv', 'xlsx', 'json'] as const).map(format => (
            <Menu.Item key={format} component="a" href={exportUrl(format, state, columns, shown)} download={`deals.${format}`}>
              {format === 'xlsx' ? 'Excel (XLSX)' : format.toUpperCase()}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={copy}>
            Copy as API query
          </Menu.Item>
          <Menu.Item component={Link} to="/import" leftSection={<IconUpload size={15} aria-hidden />}>
            Import…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Button
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => create('deal', state.pipeline ? { pipeline_id: state.pipeline } : {})}
      >
        Deal
      </Button>
      {filtering && (
        <FilterDialog subject="deal" value={state.where} onClose={() => setFiltering(false)} onApply={where => change({ where })} />
      )}
      {choosing && (
        <ColumnChooser
          columns={columns}
          shown={shown}
          onShown={onShown}
          onReset={() => change({ columns: null })}
          onClose={() => setChoosing(false)}
        />
      )}
    </Group>
  );
};
