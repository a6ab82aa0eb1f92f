import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowsSort, IconDots, IconFold, IconSelectAll, IconSettings } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { BoardColumn } from '../api/types';
import { OrderItems } from './OrderItems';
import type { BoardView } from './useBoardView';

type Props = { column: BoardColumn; view: BoardView; onCollapse: () => void; onSelectAll: () => void };

/** What can be done with a column as a whole. The order is the board's: columns of different orders could not be compared. */
export const ColumnMenu = ({ column, view, onCollapse, onSelectAll }: Props) => (
  <Menu position="bottom-end">
    <Menu.Target>
      <ActionIcon size={26} variant="subtle" color="gray" aria-label={`${column.stage!.name}: more`}>
        <IconDots size={16} aria-hidden />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconSelectAll size={15} aria-hidden />} onClick={onSelectAll} disabled={column.cards.length === 0}>
        Select the deals shown
      </Menu.Item>
      <Menu.Sub>
        <Menu.Sub.Target>
          <Menu.Sub.Item leftSection={<IconArrowsSort size={15} aria-hidden />}>Sort the board</Menu.Sub.Item>
        </Menu.Sub.Target>
        <Menu.Sub.Dropdown>
          <OrderItems view={view} />
        </Menu.Sub.Dropdown>
      </Menu.Sub>
      <Menu.Item leftSection={<IconFold size={15} aria-hidden />} onClick={onCollapse}>
        Fold the column
      </Menu.Item>
      <Menu.Item
        leftSection={<IconSettings size={15} aria-hidden />}
        component={Link}
        to={`/settings/pipelines?pipeline=${column.stage!.pipeline_id}`}
      >
        Edit the stages
      </Menu.Item>
    </Menu.Dropdown>
  </Menu>
);
