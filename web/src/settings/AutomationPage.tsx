import { Alert, Anchor, Button, Group, NumberInput, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { explain, Problem } from '../api/problem';
import { type Condition, complete } from '../filters/condition';
import { FilterBuilder } from '../filters/FilterBuilder';
import { StagePicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { notifyDone } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { ActionEditor } from './ActionEditor';
import { AutomationRuns } from './AutomationRuns';
import { type Action, type Automation, cleanAction, cleanTrigger, settable, type Trigger, triggers } from './automations';
import { Section } from './Section';

/** One automation: when, which deals, what; how it would go, and how it went. */
export default function AutomationPage() {
  const { id } = useParams();
  const isNew = id === 'new';
  const query = useQuery({
    queryKey: ['automations', Number(id)],
    queryFn: () => ask(api.GET('/api/v1/automations/{id}', { params: { path: { id: Number(id) } } })),
    enabled: !isNew,
  });
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!isNew && !query.data) return <LoadingRows />;
  return <Editor key={query.data?.version ?? 'new'} automation={query.data ?? null} />;
}

const isEverything = (filter: unknown) =>
  !filter || (typeof filter === 'object' && 'and' in filter && (filter as { and: unknown[] }).and.length === 0);

const Editor = ({ automation }: { automation: Automation | null }) => {
  const { mayManage } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState(automation?.name ?? '');
  const [trigger, setTrigger] = useState<Trigger>((automation?.trigger as Trigger | undefined) ?? { on: 'won' });
  const [filter, setFilter] = useState<Condition | null>(isEverything(automation?.filter) ? null : (automation!.filter as Condition));
  const [list, setList] = useState<Action[]>((automation?.actions as Action[] | undefined) ?? [{ do: 'create_activity', subject: '' }]);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const save = async () => {
    setBusy(true);
    setProblem(null);
    const body = { name, trigger: cleanTrigger(trigger), filter: complete(filter) ?? { and: [] }, actions: list.map(cleanAction) };
    try {
      if (automation)
        await ask(
          api.PATCH('/api/v1/automations/{id}', {
            params: { path: { id: automation.id } },
            body: { ...body, version: automation.version },
          }),
        );
      else navigate(`/settings/automations/${(await ask(api.POST('/api/v1/automations', { body }))).id}`, { replace: true });
      await queries.invalidateQueries({ queryKey: ['automations'] });
      notifyDone(`${name} saved.`);
    } catch (refused) {
      setProblem(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section
      title={automation?.name ?? 'New automation'}
      lead={
        <Anchor component={Link} to="/settings/automations" size="sm" underline="always">
          All automations
        </Anchor>
      }
      actions={
        mayManage && (
          <>
            {automation && (
              <Button variant="default" onClick={() => setDeleting(true)}>
                Delete…
              </Button>
            )}
            <Button onClick={() => void save()} loading={busy}>
              Save
            </Button>
          </>
        )
      }
    >
      {problem !== null && (
        <Alert color="red" role="alert" maw={860}>
          {explain(problem)}
          {problem instanceof Problem && problem.errors.map(error => <div key={error.field + error.message}>{error.message}</div>)}
        </Alert>
      )}
      <fieldset disabled={!mayManage} style={{ border: 'none', padding: 0, margin: 0, maxWidth: 860 }}>
        <Stack>
          <TextInput label="Name" required value={name} onChange={event => setName(event.currentTarget.value)} />
          <Paper withBorder p="md">
            <Title order={2} size="h3" mb="xs">
              When
            </Title>
            <TriggerEditor trigger={trigger} onChange={setTrigger} />
          </Paper>
          <Paper withBorder p="md">
            <Title order={2} size="h3">
              and the deal
            </Title>
            <Text size="xs" c="dimmed" mb="xs">
              Without a condition: every deal.
            </Text>
            <FilterBuilder subject="deal" value={filter} onChange={setFilter} />
          </Paper>
          <Paper withBorder p="md">
            <Title order={2} size="h3" mb="xs">
              then
            </Title>
            <Stack>
              {list.map((action, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: actions have no name but their place.
                <Group key={index} align="flex-start" wrap="nowrap">
                  <Text fw={600} mt={6}>
                    {index + 1}.
                  </Text>
                  <ActionEditor action={action} onChange={next => setList(list.with(index, next))} />
                  <Button
                    variant="subtle"
                    color="gray"
                    px={8}
                    aria-label={`Remove action ${index + 1}`}
                    onClick={() => setList(list.toSpliced(index, 1))}
                  >
                    <IconTrash size={16} aria-hidden />
                  </Button>
                </Group>
              ))}
              <Button
                variant="light"
                w="fit-content"
                leftSection={<IconPlus size={16} aria-hidden />}
                disabled={list.length >= 20}
                onClick={() => setList([...list, { do: 'set_field' }])}
              >
                Action
              </Button>
            </Stack>
          </Paper>
        </Stack>
      </fieldset>
      {automation && <AutomationRuns automation={automation} />}
      {deleting && automation && (
        <FormModal
          title={`Delete ${automation.name}?`}
          submit="Delete"
          danger
          keys={['automations']}
          onClose={() => setDeleting(false)}
          onSubmit={async () => {
            await ask(api.DELETE('/api/v1/automations/{id}', { params: { path: { id: automation.id } } }));
            navigate('/settings/automations');
          }}
        >
          {() => <Text size="sm">Its runs go with it; what they did stays.</Text>}
        </FormModal>
      )}
    </Section>
  );
};

const TriggerEditor = ({ trigger, onChange }: { trigger: Trigger; onChange: (trigger: Trigger) => void }) => {
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
