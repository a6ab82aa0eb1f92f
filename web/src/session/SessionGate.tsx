import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react';
import { api, ask, setCredentials } from '../api/client';
import { follow } from '../api/live';
import { readClock } from '../explorer/steering';
import { ErrorState, LoadingPage } from '../ui/states';
import { SessionContext } from './useSession';

const SignIn = lazy(() => import('./SignIn'));
const SetUp = lazy(() => import('./SetUp'));

/** Lets through who is signed in, and brings the others to signing in or setting up; the address stays where it was. */
export const SessionGate = ({ children }: { children: ReactNode }) => {
  const queries = useQueryClient();
  const { data, error, refetch, isLoading } = useQuery({
    queryKey: ['session'],
    queryFn: () => ask(api.GET('/api/v1/session')),
    staleTime: 60_000,
  });
  // A sandbox lives in its own time; what is said of days waits for it.
  const clock = useQuery({ queryKey: ['sandbox', 'clock'], queryFn: readClock, enabled: data?.is_sandbox ?? false });
  const token = data?.anti_forgery ?? null;
  const userId = data?.user?.id;

  // Before the children ask for anything, so not in an effect.
  useMemo(() => setCredentials(token, () => void queries.invalidateQueries({ queryKey: ['session'] })), [token, queries]);
  useEffect(() => (userId == null ? undefined : follow(queries)), [userId, queries]);

  const session = useMemo(() => {
    if (!data?.user || !data.workspace) return null;
    return {
      user: data.user,
      workspace: data.workspace,
      isAdmin: data.user.role === 'admin',
      mayManage: data.user.role !== 'member',
      isSandbox: data.is_sandbox,
      signOut: async () => {
        await ask(api.DELETE('/api/v1/session'));
        // Everything that was read goes with the page.
        location.assign('/');
      },
    };
  }, [data]);

  if (isLoading || clock.isLoading) return <LoadingPage />;
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data?.needs_setup)
    return (
      <Suspense fallback={<LoadingPage />}>
        <SetUp />
      </Suspense>
    );
  if (!session)
    return (
      <Suspense fallback={<LoadingPage />}>
        <SignIn />
      </Suspense>
    );
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
};
