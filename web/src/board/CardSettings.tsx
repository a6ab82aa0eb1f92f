import { ActionIcon, MultiSelect, Popover, Stack, Switch } from '@mantine/core';
import { IconLayoutCards } from '@tabler/icons-react';
import { setPreference, usePreferences } from '../app/preferences';
import { cardFields, chosenFields, mostCardFields } from './cardFields';
import type { BoardView } from './useBoardView';

/** What the cards of this browser show beside what they always do. */
export const CardSettings = ({ view }: { view: BoardView }) => {
  const preferences = usePreferences();
  const fields = cardFields(view.catalog.fields);
  return (
    <Popover position="bottom-end" shadow="md" width={320} trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={34} aria-label="What cards show">
          <IconLayoutCards size={17} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="What cards show">
        <Stack gap="sm">
          <MultiSelect
            label="Custom fields"
            description={`Of ${view.pipeline?.name ?? 'the pipeline'}: at most ${mostCardFields}, for you, in this browser`}
            placeholder={fields.length === 0 ? 'This workspace has none' : undefined}
            disabled={fields.length === 0}
            searchable
            maxValues={mostCardFields}
            comboboxProps={{ withinPortal: false }}
            value={chosenFields(preferences, view.pipeline?.id).filter(slug => fields.some(field => field.slug === slug))}
            onChange={slugs => setPreference('cardFields', { ...preferences.cardFields, [String(view.pipeline?.id)]: slugs })}
            data={fields.map(field => ({ value: field.slug, label: field.name }))}
          />
          <Switch
            label="Count products and files"
            checked={preferences.cardCounts}
            onChange={event => setPreference('cardCounts', event.currentTarget.checked)}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
};
