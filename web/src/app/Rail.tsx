import { Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { NavLink } from 'react-router';
import { setPreference, usePreferences } from './preferences';
import classes from './Shell.module.css';
import { type Screen, screens } from './screens';

/** The places of the app, at the side. */
export const Rail = () => {
  const { railCollapsed } = usePreferences();
  const place = (screen: Screen) => (
    <Tooltip key={screen.path} label={`${screen.label} (G ${screen.key.toUpperCase()})`} position="right" disabled={!railCollapsed}>
      <NavLink to={screen.path} className={classes.place} aria-label={railCollapsed ? screen.label : undefined}>
        <screen.icon size={19} stroke={1.8} aria-hidden />
        {!railCollapsed && screen.label}
      </NavLink>
    </Tooltip>
  );
  const Fold = railCollapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.rail} data-collapsed={railCollapsed || undefined} aria-label="Main">
      <NavLink to="/deals" className={classes.brand} aria-label="Tributary">
        <img src="/icon.svg" alt="" width={26} height={26} />
        {!railCollapsed && 'Tributary'}
      </NavLink>
      {screens.filter(screen => !screen.low).map(place)}
      <div className={classes.spring} />
      {screens.filter(screen => screen.low).map(place)}
      <button
        type="button"
        className={classes.place}
        style={{ border: 'none', background: 'none', cursor: 'pointer' }}
        aria-expanded={!railCollapsed}
        aria-label={railCollapsed ? 'Widen the rail' : 'Fold the rail'}
        onClick={() => setPreference('railCollapsed', !railCollapsed)}
      >
        <Fold size={19} stroke={1.8} aria-hidden />
        {!railCollapsed && 'Fold'}
      </button>
    </nav>
  );
};
