import { ActionIcon, Indicator, Popover, Select, Stack } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useViews } from '../views/useViews';
import type { BoardView } from './useBoardView';

const FilterBuilder = lazy(() => import('../filters/FilterBuilder').then(module => ({ default: module.FilterBuilder })));

/** A saved filter, conditions of one's own, or both. */
export const BoardFilters = ({ view }: { view: BoardView }) => {
  const [open, setOpen] = useState(false);
  const own = useViews('deal').data?.data ?? [];
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={660} trapFocus>
      <Indicator disabled={!view.condition && !view.filterId} size={9} zIndex={1}>
        <Popover.Target>
          <ActionIcon variant="default" size={34} aria-label="Filter" aria-expanded={open} onClick={() => setOpen(before => !before)}>
            <IconFilter size={17} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label="Filter" maw="96vw">
        <Stack>
          {own.length > 0 && (
            <Select
              label="Saved filter"
              clearable
              searchable
              placeholder="None"
              value={view.filterId ? String(view.filterId) : null}
              onChange={id => view.setFilter(id ? Number(id) : null)}
              data={own.map(filter => ({ value: String(filter.id), label: filter.name }))}
            />
          )}
          {open && (
            <Suspense>
              <FilterBuilder subject="deal" value={view.condition} onChange={view.setCondition} />
            </Suspense>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
};
