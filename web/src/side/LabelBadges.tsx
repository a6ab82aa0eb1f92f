import { Badge, Group } from '@mantine/core';
import { useCatalog } from '../api/catalog';

/** Labels with their colours and names. */
export const LabelBadges = ({ ids }: { ids: number[] }) => {
  const catalog = useCatalog();
  return (
    <Group gap={4}>
      {ids.map(id => (
        <Badge key={id} variant="dot" tt="none" color={catalog.label(id)?.color ?? 'gray'} styles={{ label: { color: 'var(--t-text)' } }}>
          {catalog.label(id)?.name ?? id}
        </Badge>
      ))}
    </Group>
  );
};
