import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconColumns3, IconFilter, IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useCatalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { useCreate } from '../app/create';
import { FilterDialog } from '../filters/FilterDialog';
import { ColumnChooser } from '../grid/ColumnChooser';
import type { Column, Shown } from '../grid/column';
import { ExportMenu } from '../grid/ExportMenu';
import { Toolbar } from '../ui/Toolbar';
import { apiQuery, dealsUrl } from './addresses';
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
  const catalog = useCatalog();
  const [filtering, setFiltering] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [search, setSearch] = useState(state.search);
  const ask = useDebouncedCallback((text: string) => change({ search: text.trim() }), 250);
  useEffect(() => setSearch(state.search), [state.search]);

  return (
    <Toolbar label="List" padding="10px 16px">
      {viewMenu}
      <Select
        aria-label="Pipeline"
        w={150}
        value={state.pipeline ? String(state.pipeline) : ''}
        onChange={id => change({ pipeline: id ? Number(id) : null })}
        allowDeselect={false}
        data={[{ value: '', label: 'All pipelines' }, ...catalog.pipelines.map(one => ({ value: String(one.id), label: one.name }))]}
      />
      <TextInput
        aria-label="Search in titles"
        placeholder="Title contains…"
        w={170}
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
        value={state.group ?? ''}
        onChange={word => change({ group: (word || null) as Grouping | null })}
        allowDeselect={false}
        data={[
          { value: '', label: 'Not grouped' },
          ...groupings.map(word => ({ value: word, label: `By ${groupNames[word].toLowerCase()}` })),
        ]}
      />
      <Toolbar.Spring />
      <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />} onClick={() => setChoosing(true)}>
        Columns
      </Button>
      <ExportMenu name="deals" urlOf={format => dealsUrl(format, state, columns, shown)} apiQuery={apiQuery(state)} />
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
    </Toolbar>
  );
};
