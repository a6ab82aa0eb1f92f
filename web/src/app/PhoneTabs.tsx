import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { NavLink, useNavigate } from 'react-router';
import classes from './Shell.module.css';
import { screens } from './screens';

/** The places of the app, at the bottom of a phone. */
export const PhoneTabs = () => {
  const navigate = useNavigate();
  return (
    <nav className={classes.tabs} aria-label="Main">
      {screens
        .filter(screen => screen.phone)
        .map(screen => (
          <NavLink key={screen.path} to={screen.path} className={classes.tab}>
            <screen.icon size={21} stroke={1.7} aria-hidden />
            {screen.label}
          </NavLink>
        ))}
      <Menu position="top-end">
        <Menu.Target>
          <button type="button" className={classes.tab}>
            <IconDots size={21} stroke={1.7} aria-hidden />
            More
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {screens
            .filter(screen => !screen.phone)
            .map(screen => (
              <Menu.Item key={screen.path} leftSection={<screen.icon size={17} aria-hidden />} onClick={() => navigate(screen.path)}>
                {screen.label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
};
