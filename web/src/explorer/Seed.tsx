import { Alert, Button, CopyButton, FileButton, Group, List, Paper, SegmentedControl, Text, Textarea, Title } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconFileUpload, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/useSession';
import { CopyIcon } from '../ui/CopyIcon';
import { notifyDone } from '../ui/notify';
import { ErrorState, LoadingRows } from '../ui/states';
import { readSeed, refill, SeedRefused } from './steering';
import { useSandbox } from './useCredentials';

/** What the sandbox holds as a file of fixtures, to keep beside tests, to change, and to fill the sandbox with. */
export const Seed = () => {
  const client = useQueryClient();
  const { workspace: own } = useSession();
  const { data: sandbox } = useSandbox();
  const workspaces = sandbox?.workspaces ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const workspace = chosen ?? workspaces.find(one => one.uid === own.uid)?.key ?? 'a';
  const [edited, setEdited] = useState<string | null>(null);
  const {
    data: held,
    error,
    refetch,
    isFetching,
  } = useQuery({
    queryKey: ['sandbox', 'seed', workspace],
    queryFn: () => readSeed(workspace),
    enabled: sandbox !== undefined,
  });
  const fill = useMutation({
    mutationFn: refill,
    onSuccess: async () => {
      setEdited(null);
      await client.invalidateQueries();
      notifyDone('The sandbox holds what the file says.');
    },
  });
  const edit = (text: string | null) => {
    setEdited(text);
    fill.reset();
  };
  const text = edited ?? held;
  return (
    <Paper withBorder p="md" radius="md">
      <Title order={2} size="h4">
        Seed
      </Title>
      <Text size="sm" c="dimmed" my="xs">
        What a workspace holds now, as a file that “tributary sandbox --seed” begins with. Change it and fill both workspaces with it: all
        records are replaced, and you sign in again. A reset goes back to how the sandbox began.
      </Text>
      {workspaces.length > 1 && (
        <SegmentedControl
          aria-label="Workspace to write down"
          size="xs"
          mb="xs"
          data={workspaces.map(one => ({ value: one.key, label: one.uid === own.uid ? `${one.name} (yours)` : one.name }))}
          value={workspace}
          onChange={value => {
            edit(null);
            setChosen(value);
          }}
        />
      )}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {text === undefined && !error && <LoadingRows rows={6} />}
      {text !== undefined && (
        <>
          <Textarea
            aria-label="Seed as YAML"
            value={text}
            onChange={event => edit(event.currentTarget.value)}
            rows={22}
            spellCheck={false}
            autoComplete="off"
            wrap="off"
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13, lineHeight: 1.5 } }}
          />
          {fill.error && <Refusal error={fill.error} />}
          <Group gap="xs" mt="sm">
            <Button
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              loading={fill.isPending}
              disabled={!text.trim()}
              onClick={() => fill.mutate(text)}
            >
              Fill the sandbox
            </Button>
            <FileButton accept=".yaml,.yml" onChange={file => file && void file.text().then(edit)}>
              {props => (
                <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />}>
                  Open a file
                </Button>
              )}
            </FileButton>
            <Button
              component="a"
              variant="default"
              href={`data:application/yaml;charset=utf-8,${encodeURIComponent(text)}`}
              download="seed.yaml"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              Save as a file
            </Button>
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={isFetching}
              onClick={() => {
                edit(null);
                void refetch();
              }}
            >
              Read again
            </Button>
            <CopyButton value={text}>{copy => <CopyIcon copied={copy.copied} onClick={copy.copy} label="Copy the seed" />}</CopyButton>
          </Group>
        </>
      )}
    </Paper>
  );
};

const Refusal = ({ error }: { error: Error }) => (
  <Alert mt="sm" color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title="Nothing was replaced" role="alert">
    <List size="sm" spacing={2} style={{ overflowWrap: 'anywhere' }}>
      {(error instanceof SeedRefused ? error.problems : [error.message]).map(problem => (
        <List.Item key={problem}>{problem}</List.Item>
      ))}
    </List>
  </Alert>
);
