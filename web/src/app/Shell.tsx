import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { Outlet, useNavigate } from 'react-router';
import { SessionGate } from '../session/SessionGate';
import { undoLatest } from '../ui/notify';
import { LoadingPage } from '../ui/states';
import { ConnectionBanner } from './ConnectionBanner';
import { CreateProvider } from './create';
import { openPalette, Palette } from './Palette';
import { PhoneTabs } from './PhoneTabs';
import { Rail } from './Rail';
import classes from './Shell.module.css';
import { screens } from './screens';
import { useShortcuts } from './shortcuts';
import { TopBar } from './TopBar';

const ShortcutHelp = lazy(() => import('./ShortcutHelp'));

/** The frame of every screen, for who is signed in. */
export const Shell = () => (
  <SessionGate>
    <CreateProvider>
      <Frame />
    </CreateProvider>
  </SessionGate>
);

const Frame = () => {
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const [help, setHelp] = useState(false);

  useShortcuts([
    { keys: 'mod+k', label: 'Command palette', group: 'Everywhere', run: openPalette },
    { keys: '/', label: 'Search', group: 'Everywhere', run: openPalette },
    { keys: 'mod+z', label: 'Undo the last change', group: 'Everywhere', run: undoLatest },
    { keys: '?', label: 'Show the shortcuts', group: 'Everywhere', run: () => setHelp(true) },
    { keys: 'g l', label: 'Go to the list of deals', group: 'Go to', run: () => navigate('/deals/list') },
    ...screens.map(screen => ({
      keys: `g ${screen.key}`,
      label: `Go to ${screen.label}`,
      group: 'Go to',
      run: () => navigate(screen.path),
    })),
  ]);

  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        Skip to content
      </a>
      {!isPhone && <Rail />}
      <div className={classes.column}>
        <TopBar onHelp={() => setHelp(true)} />
        <ConnectionBanner />
        <main id="main" className={classes.main} tabIndex={-1} data-touch>
          <Suspense fallback={<LoadingPage />}>
            <Outlet />
          </Suspense>
        </main>
        {isPhone && <PhoneTabs />}
      </div>
      <Palette />
      {help && (
        <Suspense>
          <ShortcutHelp onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </div>
  );
};

/** Narrow enough for tabs at the bottom and one column at a time. */
export const useIsPhone = () =>
  useMediaQuery('(max-width: 47.99em)', typeof matchMedia !== 'undefined' && matchMedia('(max-width: 47.99em)').matches, {
    getInitialValueInEffect: false,
  });
