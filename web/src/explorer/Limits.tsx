import { Code, List, Stack, Text, Title } from '@mantine/core';

export default function Limits() {
  return (
    <Stack gap="xs" maw={640}>
      <Title order={2} size="h4">
        Limits
      </Title>
      <Text size="sm">What a call costs stands beside each operation. Answers say how much is left:</Text>
      <List size="sm">
        <List.Item>
          <Code>X-RateLimit-Limit</Code>, <Code>X-RateLimit-Remaining</Code>, <Code>X-RateLimit-Reset</Code>
        </List.Item>
        <List.Item>
          a refusal is 429 and says in <Code>Retry-After</Code> how long to wait
        </List.Item>
      </List>
    </Stack>
  );
}
