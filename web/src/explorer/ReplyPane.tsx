import { Badge, Code, Group, ScrollArea, Stack, Tabs, Text } from '@mantine/core';
import { pretty } from './request';

export type Answer = { status: number; milliseconds: number; headers: [string, string][]; text: string };

const tone = (status: number) => (status > 0 && status < 400 ? 'green.9' : status > 0 && status < 500 ? 'orange.9' : 'red.9');

/** What came back: status, time, headers, body. */
export const ReplyPane = ({ answer }: { answer: Answer | null }) => {
  if (!answer) return <Text c="dimmed">The reply stands here once you have sent the request.</Text>;
  return (
    <Stack gap="xs" aria-live="polite">
      <Group gap="xs">
        <Badge color={tone(answer.status)} variant="filled">
          {answer.status || 'No answer'}
        </Badge>
        <Text size="xs" c="dimmed">
          {answer.milliseconds} ms · {answer.text.length.toLocaleString()} characters
        </Text>
      </Group>
      <Tabs defaultValue="body" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="body">Body</Tabs.Tab>
          <Tabs.Tab value="headers">Headers ({answer.headers.length})</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="body" pt="xs">
          <ScrollArea.Autosize mah={560} viewportProps={{ tabIndex: 0, 'aria-label': 'Body of the reply' }}>
            <Code block>{pretty(answer.text) || '(empty)'}</Code>
          </ScrollArea.Autosize>
        </Tabs.Panel>
        <Tabs.Panel value="headers" pt="xs">
          <Code block>{answer.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}</Code>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
};
