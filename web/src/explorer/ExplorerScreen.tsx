import { Box, Group, SegmentedControl, Stack, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { useIsPhone } from '../app/Shell';
import { Empty, ErrorState, LoadingPage, LoadingRows } from '../ui/states';
import { Caller } from './Caller';
import { Coverage } from './Coverage';
import { type DialectName, dialectOf, dialects, loadDocument } from './dialects';
import { operationsOf } from './document';
import classes from './Explorer.module.css';
import { OperationList } from './OperationList';
import { useSandbox } from './useCredentials';

const Journal = lazy(() => import('./Journal'));
const Limits = lazy(() => import('./Limits'));
const Faults = lazy(() => import('./Faults'));
const SandboxState = lazy(() => import('./SandboxState'));

/** Every operation of every dialect, to look at and to try. */
export default function ExplorerScreen() {
  const [search, setSearch] = useSearchParams();
  const dialect = dialectOf(search.get('dialect'));
  const tab = search.get('tab') ?? 'operations';
  const { data: sandbox } = useSandbox();
  const {
    data: document,
    error,
    refetch,
  } = useQuery({
    queryKey: ['sandbox', 'openapi', dialect.name],
    queryFn: () => loadDocument(dialect.name),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const operations = document ? operationsOf(document) : [];
  const isPhone = useIsPhone();
  // Beside a list there is something to look at from the beginning; on a phone the list comes first.
  const first = isPhone ? undefined : operations.find(one => one.method === 'GET' && /deals$/i.test(one.path));
  const operation = operations.find(one => one.id === search.get('operation')) ?? first;
  const go = (name: DialectName, id?: string) => setSearch({ dialect: name, ...(id ? { operation: id } : {}) });
  const show = (value: string | null) => {
    const next = new URLSearchParams(search);
    next.set('tab', value ?? 'operations');
    setSearch(next);
  };

  return (
    <Stack gap="sm" p="md" h="100%" className={classes.screen}>
      <Group justify="space-between" gap="sm">
        <div>
          <Title order={1} size="h2">
            API explorer
          </Title>
          <Text size="sm" c="dimmed">
            {document ? `${document.info.title}: ${operations.length} operations` : 'Six dialects over the same deals'}
          </Text>
        </div>
        <SegmentedControl
          aria-label="Dialect"
          size="xs"
          className={classes.dialects}
          data={dialects.map(one => ({ value: one.name, label: one.label }))}
          value={dialect.name}
          onChange={value => go(value as DialectName)}
        />
      </Group>
      <Tabs value={tab} onChange={show} keepMounted={false} className={classes.tabs}>
        <Tabs.List>
          <Tabs.Tab value="operations">Operations</Tabs.Tab>
          <Tabs.Tab value="coverage">Coverage</Tabs.Tab>
          <Tabs.Tab value="limits">Limits</Tabs.Tab>
          {sandbox && <Tabs.Tab value="journal">Journal</Tabs.Tab>}
          {sandbox && <Tabs.Tab value="faults">Faults</Tabs.Tab>}
          {sandbox && <Tabs.Tab value="state">Clock and state</Tabs.Tab>}
        </Tabs.List>
        <Suspense fallback={<LoadingPage />}>
          <Tabs.Panel value="operations" pt="sm" className={classes.panel}>
            {error ? (
              <ErrorState error={error} onRetry={() => void refetch()} />
            ) : !document ? (
              <LoadingRows />
            ) : (
              <Box className={classes.columns}>
                <OperationList operations={operations} selected={operation?.id} onSelect={one => go(dialect.name, one.id)} />
                <Box className={classes.main}>
                  {operation ? (
                    <Caller
                      key={`${dialect.name} ${operation.id}`}
                      dialect={dialect.name}
                      document={document}
                      operation={operation}
                      onGo={go}
                    />
                  ) : (
                    <Empty title="Choose an operation">
                      Fill in the form, send it, copy it as code, or see the same call in another dialect.
                    </Empty>
                  )}
                </Box>
              </Box>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="coverage" pt="sm">
            <Coverage operations={operations} dialect={dialect} onSelect={id => go(dialect.name, id)} />
          </Tabs.Panel>
          <Tabs.Panel value="limits" pt="sm">
            <Limits />
          </Tabs.Panel>
          <Tabs.Panel value="journal" pt="sm">
            <Journal onGo={go} />
          </Tabs.Panel>
          <Tabs.Panel value="faults" pt="sm">
            <Faults />
          </Tabs.Panel>
          <Tabs.Panel value="state" pt="sm">
            <SandboxState />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
    </Stack>
  );
}
