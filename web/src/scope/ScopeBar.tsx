import { Button, Select } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCatalog } from '../api/catalog';
import { write } from '../filters/condition';
import { FilterChips } from '../filters/FilterChips';
import { PipelinePicker, UserPicker } from '../pickers/pickers';
import { Toolbar } from '../ui/Toolbar';
import { type ScopeState, useGroups } from './useScope';

/** Pipeline, owner, team and label: the same bar above every report. */
export const ScopeBar = ({
  state,
  needsPipeline = false,
  children,
}: {
  state: ScopeState;
  needsPipeline?: boolean;
  children?: ReactNode;
}) => {
  const catalog = useCatalog();
  const groups = useGroups();
  const labels = catalog.labels.filter(label => label.subject === 'deal');
  const { scope, set } = state;
  return (
    <Toolbar label="What it is about">
      <PipelinePicker
        aria-label="Pipeline"
        placeholder="All pipelines"
        w={170}
        clearable={!needsPipeline}
        allowDeselect={!needsPipeline}
        value={scope.pipeline}
        onChange={pipeline => set({ pipeline })}
      />
      <UserPicker aria-label="Owner" placeholder="All owners" w={160} clearable value={scope.owner} onChange={owner => set({ owner })} />
      {groups.length > 0 && (
        <Select
          aria-label="Team"
          placeholder="All teams"
          w={150}
          clearable
          value={scope.team === null ? null : String(scope.team)}
          onChange={team => set({ team })}
          data={groups.map(group => ({ value: String(group.id), label: group.name }))}
        />
      )}
      {labels.length > 0 && (
        <Select
          aria-label="Label"
          placeholder="Any label"
          w={140}
          clearable
          value={scope.label === null ? null : String(scope.label)}
          onChange={label => set({ label })}
          data={labels.map(label => ({ value: String(label.id), label: label.name }))}
        />
      )}
      {children}
      {state.isNarrowed && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconFilterOff size={14} aria-hidden />}
          onClick={() => set({ owner: null, team: null, label: null, where: null })}
        >
          Clear filters
        </Button>
      )}
      <FilterChips subject="deal" value={scope.where} onChange={where => set({ where: write(where) ?? null })} />
    </Toolbar>
  );
};
