import { Button, Switch, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { Tone } from '../ui/Tone';
import { useFormat } from '../ui/useFormat';
import { actions, describeTrigger, type Trigger } from './automations';
import { Rows } from './Rows';
import { Section } from './Section';
import { useAct } from './useAct';

/** When this happens to a deal like that, do these things. */
export default function AutomationsSection() {
  const { mayManage } = useSession();
  const catalog = useCatalog();
  const format = useFormat();
  const act = useAct('automations');
  const query = useQuery({
    queryKey: ['automations'],
    queryFn: () => ask(api.GET('/api/v1/automations', { params: { query: { limit: 500 } } })),
  });
  const turn = (id: number, is_on: boolean) => ask(api.PATCH('/api/v1/automations/{id}', { params: { path: { id } }, body: { is_on } }));
  return (
    <Section
      title="Automations"
      lead="When something happens to a deal that fits, things are done: all of them or none, once, in order. Ten failures in a row turn an automation off."
      actions={
        mayManage && (
          <Button component={Link} to="/settings/automations/new" leftSection={<IconPlus size={16} aria-hidden />}>
            Automation
          </Button>
        )
      }
    >
      <Rows
        label="Automations"
        query={query}
        head={['Name', 'When', 'Does', 'Runs', 'Refused', 'Last run', 'On']}
        empty="Let the dull part of the work do itself."
      >
        {one => (
          <Table.Tr key={one.id}>
            <Table.Td>
              <Link to={`/settings/automations/${one.id}`}>
                <bdi>{one.name}</bdi>
              </Link>
              {one.off_reason && (
                <Text size="xs" c="var(--t-lost)">
                  Turned off: {one.off_reason}
                </Text>
              )}
            </Table.Td>
            <Table.Td>{describeTrigger(one.trigger as Trigger, catalog)}</Table.Td>
            <Table.Td>
              {one.actions.map((action, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: actions have no name but their place.
                <Tone key={index}>{actions.find(known => known.value === action.do)?.label}</Tone>
              ))}
            </Table.Td>
            <Table.Td className="tabular">{one.runs}</Table.Td>
            <Table.Td className="tabular">{one.refusals}</Table.Td>
            <Table.Td>{one.last_run_at ? format.ago(one.last_run_at) : 'never'}</Table.Td>
            <Table.Td>
              <Switch
                aria-label={`${one.name} is on`}
                checked={one.is_on}
                disabled={!mayManage}
                onChange={event => {
                  const next = event.currentTarget.checked;
                  void act(
                    () => turn(one.id, next),
                    next ? `${one.name} is on.` : `${one.name} is off.`,
                    () => turn(one.id, !next),
                  );
                }}
              />
            </Table.Td>
          </Table.Tr>
        )}
      </Rows>
    </Section>
  );
}
