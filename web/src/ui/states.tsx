import { Button, Center, Group, Loader, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconFilterOff,
  IconLock,
  IconMoodEmpty,
  IconRefresh,
  IconSearchOff,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { explain, Problem } from '../api/problem';

type Props = { icon: TablerIcon; color?: string; title: string; children?: ReactNode; actions?: ReactNode };

const State = ({ icon: Icon, color = 'gray', title, children, actions }: Props) => (
  <Center p="xl" style={{ minHeight: 220, height: '100%' }}>
    <Stack align="center" gap="sm" maw={480} ta="center">
      <ThemeIcon size={52} radius="xl" variant="light" color={color}>
        <Icon size={26} stroke={1.6} aria-hidden />
      </ThemeIcon>
      <Title order={2} size="h3">
        {title}
      </Title>
      {children && (
        <Text size="sm" c="dimmed" component="div">
          {children}
        </Text>
      )}
      {actions && (
        <Group justify="center" gap="sm">
          {actions}
        </Group>
      )}
    </Stack>
  </Center>
);

/** Nothing here yet: says what belongs here and how to begin. */
export const Empty = ({ icon = IconMoodEmpty, ...props }: Partial<Props> & { title: string }) => (
  <State icon={icon} color="river" {...props} />
);

/** The filter leaves nothing. */
export const FilteredOut = ({ onClear, what = 'deals' }: { onClear: () => void; what?: string }) => (
  <State
    icon={IconFilterOff}
    title={`No ${what} match`}
    actions={
      <Button variant="light" onClick={onClear}>
        Clear filters
      </Button>
    }
  >
    Nothing fits all the conditions above.
  </State>
);

/** What went wrong, and a way on. Knows the difference between refused, missing and broken. */
export const ErrorState = ({ error, onRetry }: { error: unknown; onRetry?: () => void }) => {
  if (error instanceof Problem && error.isForbidden) return <Forbidden>{error.message}</Forbidden>;
  if (error instanceof Problem && error.isMissing) {
    return (
      <State icon={IconSearchOff} title="Not found">
        It does not exist, was deleted for good, or is not shared with you.
      </State>
    );
  }
  return (
    <State
      icon={IconAlertTriangle}
      color="red"
      title="This could not be loaded"
      actions={
        onRetry && (
          <Button variant="light" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {explain(error)}
    </State>
  );
};

export const Forbidden = ({ children }: { children?: ReactNode }) => (
  <State icon={IconLock} title="Not for your role">
    {children ?? 'Ask an admin of this workspace if you need it.'}
  </State>
);

/** Stands in for rows that are on their way. */
export const LoadingRows = ({ rows = 6, height = 44 }: { rows?: number; height?: number }) => (
  <Stack gap="xs" p="md" aria-busy role="status" aria-label="Loading">
    {Array.from({ length: rows }, (_, row) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
      <Skeleton key={row} height={height} radius="md" />
    ))}
  </Stack>
);

export const LoadingPage = () => (
  <Center h="100%" mih={240} role="status" aria-label="Loading">
    <Loader />
  </Center>
);
