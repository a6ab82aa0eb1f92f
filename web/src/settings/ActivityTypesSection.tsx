import { ActionIcon, Stack, Switch, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { AddLine } from './AddLine';
import { NameInput } from './NameInput';
import { Section } from './Section';
import classes from './Settings.module.css';
import { useAct } from './useAct';

/** The kinds of activities: calls, meetings, tasks, and a workspace's own. */
export default function ActivityTypesSection() {
  const { mayManage } = useSession();
  const act = useAct('activity-types');
  const rows = [...useCatalog().activityTypes].sort((a, b) => a.position - b.position);
  return (
    <Section
      title="Activity types"
      lead="Activities carry the key of their type, which never changes. A type that something carries cannot be deleted, but need not be offered."
    >
      {mayManage && (
        <AddLine
          label="New activity type"
          onAdd={name => act(() => ask(api.POST('/api/v1/activity-types', { body: { name } })), `${name} added.`)}
        />
      )}
      <Stack gap={6} maw={720}>
        {rows.map(row => {
          const params = { path: { id: row.id } };
          return (
            <div key={row.id} className={classes.item}>
              <div className={classes.itemFields}>
                <div className={classes.itemName}>
                  <NameInput
                    label={`Name of ${row.name}`}
                    value={row.name}
                    disabled={!mayManage}
                    onSave={name => act(() => ask(api.PATCH('/api/v1/activity-types/{id}', { params, body: { name } })), 'Saved.')}
                  />
                </div>
                <Text size="xs" c="dimmed" w={110}>
                  {row.key}
                </Text>
                <Switch
                  label="Offered"
                  aria-label={`Offer ${row.name}`}
                  checked={row.is_active}
                  disabled={!mayManage}
                  onChange={event =>
                    void act(
                      () => ask(api.PATCH('/api/v1/activity-types/{id}', { params, body: { is_active: event.currentTarget.checked } })),
                      'Saved.',
                    )
                  }
                />
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Delete ${row.name}`}
                title={row.is_custom ? undefined : 'It comes with every workspace'}
                disabled={!mayManage || !row.is_custom}
                onClick={() => void act(() => ask(api.DELETE('/api/v1/activity-types/{id}', { params })), `${row.name} deleted.`)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </div>
          );
        })}
      </Stack>
    </Section>
  );
}
