import { List, Text } from '@mantine/core';
import { useFormat } from '../ui/useFormat';
import type { Warned } from './imports';

export const Reasons = ({ title, items }: { title: string; items: Warned[] }) => {
  const format = useFormat();
  if (items.length === 0) return null;
  return (
    <div>
      <Text fw={600}>{title}</Text>
      <List size="sm">
        {items.slice(0, 12).map(item => (
          <List.Item key={item.message}>
            {item.message} ({format.number(item.rows)} {item.rows === 1 ? 'row' : 'rows'}:{' '}
            {item.lines.some(line => line > 0) ? 'line or id ' : ''}
            {item.lines.filter(line => line > 0).join(', ')}
            {item.rows > item.lines.length ? ', …' : ''})
          </List.Item>
        ))}
      </List>
    </div>
  );
};
