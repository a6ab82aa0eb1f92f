import { Menu } from '@mantine/core';
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp, IconChevronDown, IconEyeOff } from '@tabler/icons-react';
import { moved } from './column';
import classes from './Grid.module.css';
import type { CellProps } from './HeadCell';

type Props = Pick<CellProps, 'column' | 'at' | 'shown' | 'onShown' | 'onSort'> & { width: number; resize: (width: number) => void };

/** What a hand does to a heading, for the keyboard. */
export const HeadMenu = ({ column, at, shown, onShown, onSort, width, resize }: Props) => (
  <Menu position="bottom-end" width={190}>
    <Menu.Target>
      <button type="button" className={classes.name} style={{ flex: 'none', width: 20 }} aria-label={`Column ${column.label}`}>
        <IconChevronDown size={14} aria-hidden />
      </button>
    </Menu.Target>
    <Menu.Dropdown>
      {column.sort && (
        <>
          <Menu.Item leftSection={<IconArrowUp size={15} aria-hidden />} onClick={() => onSort({ field: column.sort!, down: false })}>
            Sort ascending
          </Menu.Item>
          <Menu.Item leftSection={<IconArrowDown size={15} aria-hidden />} onClick={() => onSort({ field: column.sort!, down: true })}>
            Sort descending
          </Menu.Item>
          <Menu.Divider />
        </>
      )}
      <Menu.Item
        leftSection={<IconArrowLeft size={15} aria-hidden />}
        disabled={at === 0}
        onClick={() => onShown(moved(shown, at, at - 1))}
      >
        Move left
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowRight size={15} aria-hidden />}
        disabled={at === shown.length - 1}
        onClick={() => onShown(moved(shown, at, at + 1))}
      >
        Move right
      </Menu.Item>
      <Menu.Item closeMenuOnClick={false} onClick={() => resize(width + 40)}>
        Wider
      </Menu.Item>
      <Menu.Item closeMenuOnClick={false} onClick={() => resize(width - 40)}>
        Narrower
      </Menu.Item>
      <Menu.Item
        leftSection={<IconEyeOff size={15} aria-hidden />}
        disabled={shown.length === 1}
        onClick={() => onShown(shown.toSpliced(at, 1))}
      >
        Hide
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);
