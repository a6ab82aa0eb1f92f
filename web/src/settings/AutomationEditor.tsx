import { Alert, Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, ask } from '../api/client';
import { explain, Problem } from '../api/problem';
import { type Condition, complete } from '../filters/condition';
import { FilterBuilder } from '../filters/FilterBuilder';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { notifyDone } from '../ui/notify';
import { ActionEditor } from './ActionEditor';
import { AutomationRuns } from './AutomationRuns';
import { type Action, type Automation, cleanAction, cleanTrigger, type Trigger } from './automations';
import { Section } from './Section';
import { TriggerEditor } from './TriggerEditor';

const isEverything = (filter: unknown) =>
  !filter || (typeof filter === 'object' && 'and' in filter && (filter as { and: unknown[] }).and.length === 0);

/** When, which deals, and what is done with them. */
export const AutomationEditor = ({ automation }: { automation: Automation | null }) => {
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
