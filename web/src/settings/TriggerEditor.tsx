import { Group, NumberInput, Select } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import { StagePicker } from '../pickers/pickers';
import { settable, type Trigger, triggers } from './automations';

/** What must happen to a deal. */
export const TriggerEditor = ({ trigger, onChange }: { trigger: Trigger; onChange: (trigger: Trigger) => void }) => {
  const { fields } = useCatalog();
  const custom = fields.filter(field => field.subject === 'deal');
  const names = [
    ...settable,
    'owner_id',
    'assignee_id',
    'person_id',
    'org_id',
    'label_ids',
    'tag_ids',
    'stage_id',
    ...custom.map(field => `custom.${field.slug}`),
  ];
  const dates = [
    'expected_close',
    'next_followup_at',
    'added_at',
    'closed_at',
    'won_at',
    'lost_at',
    ...custom.filter(field => field.type === 'date').map(field => `custom.${field.slug}`),
  ];
  return (
    <Group align="flex-end">
      <Select
        aria-label="When"
        w={260}
        allowDeselect={false}
        value={trigger.on}
        data={triggers}
        onChange={on => onChange({ on: on as Trigger['on'], ...(on === 'date_reached' ? { field: 'expected_close', days: 0 } : {}) })}
      />
      {trigger.on === 'updated' && (
        <Select
          label="Only this field"
          placeholder="Any field"
          searchable
          clearable
          value={trigger.field ?? null}
          data={names}
          onChange={field => onChange({ on: 'updated', ...(field ? { field } : {}) })}
        />
      )}
      {trigger.on === 'stage_changed' && (
        <StagePicker
          label="Only into this stage"
          placeholder="Any stage"
          clearable
          value={trigger.stage_id ?? null}
          onChange={stage => onChange({ on: 'stage_changed', ...(stage ? { stage_id: stage } : {}) })}
        />
      )}
      {trigger.on === 'date_reached' && (
        <>
          <Select
            label="Date"
            searchable
            allowDeselect={false}
            value={trigger.field ?? 'expected_close'}
            data={dates}
            onChange={field => onChange({ ...trigger, field: field ?? 'expected_close' })}
          />
          <NumberInput
            label="Days after it"
            description="negative: before it"
            value={trigger.days ?? 0}
            onChange={days => onChange({ ...trigger, days: Number(days) || 0 })}
          />
        </>
      )}
    </Group>
  );
};
