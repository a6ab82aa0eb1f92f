import { Badge, Group, Text, Title } from '@mantine/core';
import { IconArchive, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Product } from '../api/types';

/** Its name, and whether it is still sold. */
export const ProductTitle = ({ product }: { product: Product }) => (
  <div>
    <Text size="sm">
      <Link to="/products">Products</Link>
    </Text>
    <Group gap="sm">
      <Title order={1} size="h2" lineClamp={4} dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {product.name}
      </Title>
      {product.deleted_at && (
        <Badge color="red.8" variant="light" leftSection={<IconTrash size={12} aria-hidden />}>
          Deleted
        </Badge>
      )}
      {!product.deleted_at && !product.is_linkable && (
        <Badge color="gray" variant="light" leftSection={<IconArchive size={12} aria-hidden />} style={{ color: 'var(--t-text)' }}>
          Archived
        </Badge>
      )}
    </Group>
  </div>
);
