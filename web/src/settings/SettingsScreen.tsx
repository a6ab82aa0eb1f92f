import { Select, Text } from '@mantine/core';
import { Suspense } from 'react';
import { Navigate, NavLink, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useIsPhone } from '../app/Shell';
import { useSession } from '../session/useSession';
import { LoadingRows } from '../ui/states';
import classes from './Settings.module.css';
import { groups, sections } from './sections';

/** Pages on which everybody has something of their own. */
const own = new Set(['account', 'keys', 'apps', 'audit', 'data']);

/** Everything that is set up once: pages at the side, one at a time. */
export default function SettingsScreen() {
  const isPhone = useIsPhone();
  const { mayManage } = useSession();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const here = pathname.split('/')[2] ?? sections[0]!.path;
  return (
    <div className={classes.screen}>
      {isPhone ? (
        <Select
          aria-label="Page of the settings"
          p="sm"
          pb={0}
          allowDeselect={false}
          value={here}
          onChange={path => path && navigate(`/settings/${path}`)}
          data={groups.map(group => ({ group: group.name, items: group.sections.map(one => ({ value: one.path, label: one.label })) }))}
        />
      ) : (
        <nav className={classes.nav} aria-label="Settings">
          {groups.map(group => (
            <div key={group.name}>
              <h2>{group.name}</h2>
              {group.sections.map(one => (
                <NavLink key={one.path} to={`/settings/${one.path}`} style={{ display: 'block' }}>
                  {one.label}
                </NavLink>
              ))}
            </div>
          ))}
        </nav>
      )}
      <div className={classes.body}>
        {!mayManage && !own.has(here) && (
          <Text size="sm" c="dimmed" mb="sm" role="note">
            You see this page as it is; managers and admins change it.
          </Text>
        )}
        <Suspense fallback={<LoadingRows />}>
          <Routes>
            {sections.map(one => (
              <Route key={one.path} path={one.path} element={<one.page />} />
            ))}
            {sections.map(
              one => 'one' in one && one.one && <Route key={`${one.path}-one`} path={`${one.path}/:id`} element={<one.one />} />,
            )}
            <Route path="*" element={<Navigate to="/settings/account" replace />} />
          </Routes>
        </Suspense>
      </div>
    </div>
  );
}
