import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type BoardView, type Order, orders } from './useBoardView';

/** The orders of the cards, to be chosen in a menu. */
export const OrderItems = ({ view }: { view: BoardView }) =>
  Object.entries(orders).map(([order, label]) => (
    <Menu.Item
      key={order}
      rightSection={view.order === order ? <IconCheck size={14} aria-label="chosen" /> : undefined}
      onClick={() => view.setOrder(order as Order)}
    >
      {label}
    </Menu.Item>
  ));
