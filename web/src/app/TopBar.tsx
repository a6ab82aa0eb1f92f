import { ActionIcon, Kbd, Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconBuilding,
  IconCalendarPlus,
  IconCoin,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPackage,
  IconPlus,
  IconSearch,
  IconSun,
  IconUser,
  IconUserCog,
} from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { useSession } from '../session/useSession';
import { notifyError } from '../ui/notify';
import { UserAvatar } from '../ui/UserAvatar';
import { useCreate } from './create';
import { Notifications } from './Notifications';
import { openPalette } from './Palette';
import { setPreference, usePreferences } from './preferences';
import { SandboxBadge } from './SandboxBadge';
import classes from './Shell.module.css';

const creatables = [
  { what: 'deal', label: 'Deal', icon: IconCoin },
  { what: 'person', label: 'Person', icon: IconUser },
  { what: 'organization', label: 'Organization', icon: IconBuilding },
  { what: 'activity', label: 'Activity', icon: IconCalendarPlus },
  { what: 'product', label: 'Product', icon: IconPackage },
] as const;

export const TopBar = ({ onHelp }: { onHelp: () => void }) => {
  const session = useSession();
  const create = useCreate();
  const navigate = useNavigate();
  const { density, shortcuts } = usePreferences();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <header className={classes.bar}>
      <button type="button" className={classes.search} onClick={openPalette}>
        <IconSearch size={16} aria-hidden />
        <span>Search deals, people, products…</span>
        <Kbd size="xs" visibleFrom="sm" aria-hidden>
          ⌘K
        </Kbd>
      </button>
      <div style={{ flex: 1 }} />
      {session.isSandbox && <SandboxBadge />}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="filled" size={34} radius="md" aria-label="New record">
            <IconPlus size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {creatables.map(one => (
            <Menu.Item
              key={one.what}
              leftSection={<one.icon size={16} aria-hidden />}
              rightSection={one.what === 'deal' ? <Kbd size="xs">N</Kbd> : undefined}
              onClick={() => create(one.what)}
            >
              {one.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Notifications />
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <button type="button" style={{ border: 'none', background: 'none', padding: 0, cursor: 'pointer', borderRadius: 99 }}>
            <UserAvatar user={session.user} size={32} />
            <span className="visually-hidden">account</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {session.user.name} · {session.workspace.name}
          </Menu.Label>
          <Menu.Item leftSection={<IconUserCog size={16} aria-hidden />} onClick={() => navigate('/settings/profile')}>
            Profile and sessions
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>Look</Menu.Label>
          {(
            [
              ['light', 'Light', IconSun],
              ['dark', 'Dark', IconMoon],
              ['auto', 'As the system', IconDeviceDesktop],
            ] as const
          ).map(([value, label, Icon]) => (
            <Menu.Item
              key={value}
              leftSection={<Icon size={16} aria-hidden />}
              onClick={() => setColorScheme(value)}
              aria-current={colorScheme === value}
              fw={colorScheme === value ? 700 : undefined}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Item closeMenuOnClick={false} onClick={() => setPreference('density', density === 'compact' ? 'comfortable' : 'compact')}>
            {density === 'compact' ? 'Comfortable rows' : 'Compact rows'}
          </Menu.Item>
          <Menu.Item closeMenuOnClick={false} onClick={() => setPreference('shortcuts', !shortcuts)}>
            {shortcuts ? 'Turn single-key shortcuts off' : 'Turn single-key shortcuts on'}
          </Menu.Item>
          <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onHelp}>
            Keyboard shortcuts
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={() => session.signOut().catch(error => notifyError(error))}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
};
