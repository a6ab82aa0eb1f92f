import { ActionIcon, Button, Group, NumberInput, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notifyDone, notifyError } from '../ui/notify';
import { Empty, ErrorState, LoadingRows } from '../ui/states';
import { dialects } from './dialects';
import { type FaultRule, faultKinds, readFaults, writeFaults } from './steering';

const fresh: FaultRule = { kind: 'too_many', dialect: null, operation: null, every: 3, times: null, delay_ms: 0 };

/** What the sandbox does wrong on purpose, to try a client's patience. */
export default function Faults() {
  const client = useQueryClient();
  const { data: rules, error, refetch } = useQuery({ queryKey: ['sandbox', 'faults'], queryFn: readFaults, refetchInterval: 5000 });
  const save = useMutation({
    mutationFn: writeFaults,
    onError: refused => notifyError(refused, 'The rules were not taken'),
    onSettled: () => client.invalidateQueries({ queryKey: ['sandbox', 'faults'] }),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!rules) return <LoadingRows />;

  const change = (index: number, part: Partial<FaultRule>) =>
    save.mutate(rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)));
  const remove = (index: number) => {
    save.mutate(rules.filter((_, at) => at !== index));
    notifyDone('Rule removed.', () => writeFaults(rules).then(() => client.invalidateQueries({ queryKey: ['sandbox', 'faults'] })));
  };
  const add = (
    <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => save.mutate([...rules, fresh])}>
      Add a rule
    </Button>
  );
  if (rules.length === 0) {
    return (
      <Empty title="Nothing goes wrong" actions={add}>
        A rule lets each nth call fail, late or not at all, in the dialect's own words. Counted, not drawn by lot.
      </Empty>
    );
  }
  return (
    <Stack gap="sm">
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is what rules are known by.
        <Paper key={index} withBorder p="sm" radius="md">
          <Group gap="xs" align="end">
            <Select
              size="xs"
              label="Goes wrong"
              data={faultKinds}
              value={rule.kind}
              allowDeselect={false}
              onChange={kind => change(index, { kind: kind as FaultRule['kind'] })}
            />
            <Select
              size="xs"
              label="Dialect"
              placeholder="any"
              clearable
              clearButtonProps={{ 'aria-label': 'Any dialect' }}
              data={dialects.map(one => ({ value: one.name, label: one.label }))}
              value={rule.dialect}
              onChange={dialect => change(index, { dialect })}
            />
            <TextInput
              size="xs"
              label="Operation"
              placeholder="any"
              defaultValue={rule.operation ?? ''}
              onBlur={event => change(index, { operation: event.currentTarget.value.trim() || null })}
            />
            <NumberInput
              size="xs"
              w={90}
              label="Each nth"
              min={1}
              value={rule.every}
              onChange={every => change(index, { every: Number(every) || 1 })}
            />
            <NumberInput
              size="xs"
              w={90}
              label="Times"
              placeholder="always"
              min={1}
              value={rule.times ?? ''}
              onChange={times => change(index, { times: Number(times) || null })}
            />
            <NumberInput
              size="xs"
              w={100}
              label="Delay, ms"
              min={0}
              max={60_000}
              step={100}
              value={rule.delay_ms}
              onChange={delay => change(index, { delay_ms: Number(delay) || 0 })}
            />
            <Text size="xs" c="dimmed" pb={6}>
              met {rule.seen ?? 0}, struck {rule.struck ?? 0}
            </Text>
            <ActionIcon variant="subtle" color="gray" aria-label={`Remove rule ${index + 1}`} onClick={() => remove(index)}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
      <Group>{add}</Group>
    </Stack>
  );
}
