import { Paper, Text, Title } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import type { Product } from '../api/types';
import { useFormat } from '../ui/useFormat';
import { billings } from './columns';

/** What the product is, custom fields included. */
export const ProductAbout = ({ product }: { product: Product }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const facts: [string, string][] = [
    ['Code', product.code ?? '–'],
    ['Category', product.category ?? '–'],
    ['Unit', product.unit ?? '–'],
    ['Tax', format.percent(product.tax)],
    ['Billed', billings[product.billing_frequency] + (product.billing_cycles ? `, ${format.number(product.billing_cycles)} times` : '')],
    ['Owner', catalog.user(product.owner_id)?.name ?? '–'],
    ...catalog.fields
      .filter(field => field.subject === 'product' && product.custom[field.slug] != null)
      .map((field): [string, string] => [field.name, customText(product.custom[field.slug], field.options)]),
  ];

  return (
    <Paper withBorder p="md">
      <Title order={2} size="h3" mb="xs">
        About
      </Title>
      <dl style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '6px 18px', margin: 0 }}>
        {facts.map(([label, text]) => (
          <FactRow key={label} label={label} text={text} />
        ))}
      </dl>
      {product.description && (
        <Text size="sm" mt="sm" style={{ whiteSpace: 'pre-wrap', unicodeBidi: 'plaintext' }}>
          {product.description}
        </Text>
      )}
    </Paper>
  );
};

const FactRow = ({ label, text }: { label: string; text: string }) => (
  <>
    <dt style={{ color: 'var(--t-dim)', fontSize: 13.5 }}>{label}</dt>
    <dd style={{ margin: 0, fontSize: 13.5 }}>{text}</dd>
  </>
);

const customText = (value: unknown, options: { id: number; label: string }[]) => {
  const one = (item: unknown) => options.find(option => option.id === item)?.label ?? String(item);
  return Array.isArray(value) ? value.map(one).join(', ') : one(value);
};
