import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { ErrorState } from '../ui/states';

const reloaded = 'tributary-reloaded';

/** A screen threw. When its code is gone because a newer version was installed, loading the page again brings the new one. */
export const Broken = () => {
  const error = useRouteError();
  const isOldCode = error instanceof Error && /dynamically imported module|Importing a module script failed/.test(error.message);
  useEffect(() => {
    if (isOldCode && !sessionStorage.getItem(reloaded)) {
      sessionStorage.setItem(reloaded, 'yes');
      location.reload();
    } else sessionStorage.removeItem(reloaded);
  }, [isOldCode]);
  return <ErrorState error={error} onRetry={() => location.reload()} />;
};
