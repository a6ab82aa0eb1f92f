import { Paper, Title } from '@mantine/core';
import { History } from '../past/History';

/** What was changed on a product. */
export const ProductPast = ({ id }: { id: number }) => (
  <Paper withBorder p="md" component="section" aria-label="History">
    <Title order={2} size="h3" mb="sm">
      History
    </Title>
    <History of="product" id={id} />
  </Paper>
);
