import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useCatalog } from '../api/catalog';
import type { Price } from './prices';

type Props = { value: Price[]; onChange: (prices: Price[]) => void; error?: string };

/** A price for each currency: to the buyer, and what it costs the seller. */
export const PricesInput = ({ value, onChange, error }: Props) => {
  const { currencies } = useCatalog();
  const free = currencies.filter(currency => !value.some(price => price.currency === currency.code));
  const put = (at: number, next: Partial<Price>) => onChange(value.with(at, { ...value[at]!, ...next }));
  return (
    <Stack gap="xs" role="group" aria-label="Prices">
      <Group gap="xs" wrap="nowrap" aria-hidden>
        <Text size="sm" fw={600} w={110}>
          Prices
        </Text>
        <Text size="sm" c="dimmed" flex={1}>
          To the buyer
        </Text>
        <Text size="sm" c="dimmed" flex={1}>
          What it costs
        </Text>
        <span style={{ width: 28 }} />
      </Group>
      {value.map((price, at) => (
        <Group key={price.currency} gap="xs" wrap="nowrap">
          <Select
            aria-label="Currency"
            w={110}
            allowDeselect={false}
            value={price.currency}
            onChange={code => code && put(at, { currency: code })}
            data={[price.currency, ...free.map(currency => currency.code)]}
          />
          <NumberInput
            aria-label={`Price in ${price.currency}`}
            placeholder="Price"
            flex={1}
            hideControls
            thousandSeparator
            decimalScale={4}
            value={price.price}
            onChange={next => put(at, { price: next === '' ? '' : Number(next) })}
          />
          <NumberInput
            aria-label={`Cost in ${price.currency}`}
            placeholder="Cost"
            flex={1}
            hideControls
            thousandSeparator
            decimalScale={4}
            value={price.cost}
            onChange={next => put(at, { cost: next === '' ? '' : Number(next) })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove the price in ${price.currency}`}
            onClick={() => onChange(value.toSpliced(at, 1))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {error && (
        <Text size="sm" c="var(--t-overdue)">
          {error}
        </Text>
      )}
      {free.length > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...value, { currency: free[0]!.code, price: '', cost: '' }])}
        >
          Price in another currency
        </Button>
      )}
    </Stack>
  );
};
