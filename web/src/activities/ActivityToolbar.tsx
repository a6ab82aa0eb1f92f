import { Button, Group, SegmentedControl, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFilter, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useCreate } from '../app/create';
import { useIsPhone } from '../app/Shell';
import { read as readCondition } from '../filters/condition';
import { FilterChips } from '../filters/FilterChips';
import { ActivityTypePicker, UserPicker } from '../pickers/pickers';
import { Toolbar } from '../ui/Toolbar';
import { ViewMenu } from '../views/ViewMenu';
import { addDays } from './days';
import type { ActivityView } from './useActivityView';

const FilterDialog = lazy(() => import('../filters/FilterDialog').then(module => ({ default: module.FilterDialog })));

/** Whose activities, which of them, and as what. */
export const ActivityToolbar = ({ at }: { at: ActivityView }) => {
  const create = useCreate();
  const isPhone = useIsPhone();
  const [filtering, setFiltering] = useState(false);
  const { view, views, day, owner, type, where, done, set } = at;
  const narrow = isPhone ? 'day' : view;
  return (
    <>
      <Group justify="space-between" gap="sm">
        <Title order={1} size="h2">
          Activities
        </Title>
        <Group gap="xs">
          <SegmentedControl
            aria-label="View"
            size="xs"
            data={[
              { value: 'list', label: 'List' },
              { value: 'day', label: 'Day' },
              { value: 'week', label: 'Week' },
            ]}
            value={view}
            onChange={value => set({ view: value })}
          />
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create('activity')}>
            Activity
          </Button>
        </Group>
      </Group>
      <Toolbar label="Activities">
        <ViewMenu {...views} />
        <UserPicker
          w={170}
          aria-label="Owner"
          value={owner === 'all' ? null : Number(owner)}
          onChange={id => set({ owner: id === null ? 'all' : String(id) })}
          placeholder="Everyone"
          clearable
          clearButtonProps={{ 'aria-label': 'Everyone' }}
        />
        <ActivityTypePicker
          w={150}
          aria-label="Type"
          placeholder="Any type"
          value={type}
          clearable
          clearButtonProps={{ 'aria-label': 'Any type' }}
          onChange={key => set({ type: key })}
        />
        <Button variant={where ? 'light' : 'default'} leftSection={<IconFilter size={16} aria-hidden />} onClick={() => setFiltering(true)}>
          Filter
        </Button>
        {view === 'list' ? (
          <SegmentedControl
            aria-label="State"
            data={[
              { value: 'false', label: 'To do' },
              { value: 'true', label: 'Done' },
              ...(done === null ? [{ value: 'any', label: 'As filtered' }] : []),
            ]}
            value={String(done ?? 'any')}
            onChange={value => set({ done: value === 'true' ? 'true' : null, where: done === null ? null : where })}
          />
        ) : (
          <Group gap={4} wrap="nowrap">
            <Button variant="default" aria-label="Earlier" onClick={() => set({ day: addDays(day, narrow === 'day' ? -1 : -7) })}>
              <IconChevronLeft size={14} aria-hidden />
            </Button>
            <Button variant="default" onClick={() => set({ day: null })}>
              Today
            </Button>
            <Button variant="default" aria-label="Later" onClick={() => set({ day: addDays(day, narrow === 'day' ? 1 : 7) })}>
              <IconChevronRight size={14} aria-hidden />
            </Button>
          </Group>
        )}
      </Toolbar>
      <FilterChips subject="activity" value={readCondition(where)} onChange={next => set({ where: next && JSON.stringify(next) })} />
      {filtering && (
        <Suspense>
          <FilterDialog
            subject="activity"
            value={readCondition(where)}
            onClose={() => setFiltering(false)}
            onApply={next => set({ where: next && JSON.stringify(next) })}
          />
        </Suspense>
      )}
    </>
  );
};
