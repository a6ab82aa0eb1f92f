import { Alert, Button, Grid, Group, Paper, Stack, Text } from '@mantine/core';
import { IconArrowsExchange, IconSend } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { explain } from '../api/problem';
import { CredentialPicker } from './CredentialPicker';
import { type DialectName, dialects, loadDocument } from './dialects';
import { type Document, example, type Operation, operationsOf, twin } from './document';
import { type Answer, ReplyPane } from './ReplyPane';
import { RequestForm } from './RequestForm';
import { missing, requestOf, type Values } from './request';
import { Snippets } from './Snippets';
import { resolveHeaders, useCredentials } from './useCredentials';

type Props = {
  dialect: DialectName;
  document: Document;
  operation: Operation;
  initial?: Partial<Values>;
  onGo: (dialect: DialectName, operation: string) => void;
};

const begin = (operation: Operation, document: Document, initial?: Partial<Values>): Values => ({
  parameters: initial?.parameters ?? {},
  body: initial?.body ?? (operation.body ? JSON.stringify(example(operation.body, document), null, 2) : ''),
});

/** One operation: its request, the code for it, and its reply. */
export const Caller = ({ dialect, document, operation, initial, onGo }: Props) => {
  const [values, setValues] = useState(() => begin(operation, document, initial));
  const [chosen, setChosen] = useState(0);
  const { choices, typed, type } = useCredentials(dialect);
  const credential = choices[Math.min(chosen, choices.length - 1)]!;
  const absent = missing(operation, values);
  const client = useQueryClient();

  const send = useMutation({
    mutationFn: async (): Promise<Answer> => {
      const request = requestOf(operation, values, await resolveHeaders(credential));
      const started = performance.now();
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body,
        credentials: credential.withCookie ? 'same-origin' : 'omit',
      });
      const text = await response.text();
      return { status: response.status, milliseconds: Math.round(performance.now() - started), headers: [...response.headers], text };
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['sandbox', 'journal'] }),
  });

  useEffect(() => setChosen(0), []);

  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Stack gap="md">
          <RequestForm document={document} operation={operation} values={values} onChange={setValues} />
          <Group gap="xs" align="end" justify="space-between">
            <CredentialPicker
              dialect={dialect}
              choices={choices}
              chosen={Math.min(chosen, choices.length - 1)}
              onChoose={setChosen}
              typed={typed}
              onType={type}
            />
            <Button
              leftSection={<IconSend size={16} aria-hidden />}
              onClick={() => send.mutate()}
              loading={send.isPending}
              disabled={absent.length > 0}
            >
              Send
            </Button>
          </Group>
          {absent.length > 0 && (
            <Text size="xs" c="dimmed">
              Give {absent.join(', ')} first.
            </Text>
          )}
          <Snippets request={requestOf(operation, values, credential.headers)} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Stack gap="md">
          <Paper withBorder p="sm" radius="md">
            {send.isError ? (
              <Alert color="red" title="The request could not be sent">
                {explain(send.error)}
              </Alert>
            ) : (
              <ReplyPane answer={send.data ?? null} />
            )}
          </Paper>
          <Twins dialect={dialect} operation={operation} onGo={onGo} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
};

/** The same call in the other dialects. */
const Twins = ({ dialect, operation, onGo }: Pick<Props, 'dialect' | 'operation' | 'onGo'>) => {
  const others = dialects.filter(other => other.name !== dialect);
  const { data } = useQuery({
    queryKey: ['sandbox', 'twins', dialect, operation.id],
    queryFn: () =>
      Promise.all(
        others.map(async other => ({
          ...other,
          same: twin(operation, operationsOf(await loadDocument(other.name).catch(() => ({ info: { title: '' }, paths: {} })))),
        })),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found = data?.filter(other => other.same) ?? [];
  if (found.length === 0) return null;
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        <IconArrowsExchange size={14} aria-hidden /> Same call in
      </Text>
      {found.map(other => (
        <Button key={other.name} size="compact-sm" variant="default" onClick={() => onGo(other.name, other.same!.id)}>
          {other.label}
        </Button>
      ))}
    </Group>
  );
};
