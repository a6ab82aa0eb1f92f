import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { notifyError } from '../ui/notify';
import type { Automation } from './automations';
import { RunSteps } from './RunSteps';

type Test = components['schemas']['AutomationTest'];

/** What an automation would do with a deal, without doing it. */
export const TestRun = ({ automation }: { automation: Automation }) => {
  const [deal, setDeal] = useState<Picked | null>(null);
  const [test, setTest] = useState<Test | null>(null);
  const run = async () => {
    try {
      setTest(
        await ask(api.POST('/api/v1/automations/{id}/test', { params: { path: { id: automation.id } }, body: { deal_id: deal!.id } })),
      );
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Stack gap="xs">
      <Title order={2} size="h3">
        Try it
      </Title>
      <Group align="flex-end">
        <RecordPicker kind="deal" label="With this deal" value={deal} onChange={setDeal} />
        <Button variant="light" disabled={!deal} leftSection={<IconFlask size={16} aria-hidden />} onClick={() => void run()}>
          Show what it would do
        </Button>
      </Group>
      {test && (
        <Alert
          color={test.refusal ? 'red' : test.matches ? 'green' : 'gray'}
          role="status"
          title={test.matches ? 'The deal fits' : 'The deal does not fit, so nothing would happen'}
        >
          {test.refusal && <Text size="sm">{test.refusal}</Text>}
          <RunSteps steps={test.steps} />
          <Text size="xs">As it is saved; nothing was kept.</Text>
        </Alert>
      )}
    </Stack>
  );
};
