import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../api/client';
import { Problem } from '../api/problem';
import type { Product } from '../api/types';
import { UserPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { Modal } from '../ui/Modal';
import { billings } from './columns';
import { PricesInput } from './PricesInput';
import { readPrices, writePrices } from './prices';

type Props = { product?: Product; onSaved: (product: Product) => void; onClose: () => void };

/** A product, new or changed. A change is refused when somebody else changed it meanwhile. */
export const ProductForm = ({ product, onSaved, onClose }: Props) => {
  const { user, workspace } = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState(product?.name ?? '');
  const [code, setCode] = useState(product?.code ?? '');
  const [category, setCategory] = useState(product?.category ?? '');
  const [unit, setUnit] = useState(product?.unit ?? '');
  const [description, setDescription] = useState(product?.description ?? '');
  const [tax, setTax] = useState<number | ''>(product?.tax ?? '');
  const [billing, setBilling] = useState<Product['billing_frequency']>(product?.billing_frequency ?? 'one_time');
  const [cycles, setCycles] = useState<number | ''>(product?.billing_cycles ?? '');
  const [owner, setOwner] = useState<number | null>(product ? product.owner_id : user.id);
  const [prices, setPrices] = useState(() =>
    product ? readPrices(product.prices) : [{ currency: workspace.base_currency, price: '' as const, cost: '' as const }],
  );

  const save = useMutation({
    mutationFn: () => {
      const body = {
        name: name.trim(),
        code: code.trim() || null,
        category: category.trim() || null,
        unit: unit.trim() || null,
        description: description.trim() || null,
        tax: tax === '' ? 0 : tax,
        billing_frequency: billing,
        billing_cycles: billing === 'one_time' || cycles === '' ? null : cycles,
        owner_id: owner,
        prices: writePrices(prices, product?.prices),
      };
      return product
        ? ask(api.PATCH('/api/v1/products/{id}', { params: { path: { id: product.id } }, body: { ...body, version: product.version } }))
        : ask(api.POST('/api/v1/products', { body }));
    },
    onSuccess: saved => {
      queries.setQueryData(['product', saved.id], saved);
      void queries.invalidateQueries({ queryKey: ['products'] });
      void queries.invalidateQueries({ queryKey: ['product'] });
      onSaved(saved);
      onClose();
    },
  });
  const problem = save.error instanceof Problem ? save.error : null;
  const of = (field: string) => problem?.fields[field];
  const other = save.error && !problem?.errors.some(error => ['name', 'code', 'tax', 'billing_cycles', 'prices'].includes(error.field));

  return (
    <Modal opened onClose={onClose} size="lg" title={product ? `Change ${product.name}` : 'New product'}>
      <form
        onSubmit={event => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            required
            data-autofocus
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            error={of('name')}
          />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput label="Code" value={code} onChange={event => setCode(event.currentTarget.value)} error={of('code')} />
            <TextInput label="Category" value={category} onChange={event => setCategory(event.currentTarget.value)} />
            <TextInput label="Unit" placeholder="piece, hour, m²" value={unit} onChange={event => setUnit(event.currentTarget.value)} />
          </SimpleGrid>
          <PricesInput
            value={prices}
            onChange={setPrices}
            error={problem?.errors.find(error => error.field.startsWith('prices'))?.message}
          />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NumberInput
              label="Tax"
              suffix=" %"
              hideControls
              decimalScale={4}
              value={tax}
              onChange={next => setTax(next === '' ? '' : Number(next))}
              error={of('tax')}
            />
            <Select
              label="Billed"
              allowDeselect={false}
              value={billing}
              onChange={next => next && setBilling(next as Product['billing_frequency'])}
              data={Object.entries(billings).map(([value, label]) => ({ value, label }))}
            />
            <NumberInput
              label="How many times"
              placeholder="Until it is ended"
              disabled={billing === 'one_time'}
              hideControls
              allowDecimal={false}
              value={cycles}
              onChange={next => setCycles(next === '' ? '' : Number(next))}
              error={of('billing_cycles')}
            />
          </SimpleGrid>
          <UserPicker label="Owner" clearable value={owner} onChange={setOwner} />
          <Textarea
            label="Description"
            autosize
            minRows={2}
            maxRows={8}
            value={description}
            onChange={event => setDescription(event.currentTarget.value)}
          />
          {other && (
            <p role="alert" style={{ color: 'var(--t-overdue)', margin: 0 }}>
              {problem?.isStale
                ? 'Somebody else changed it meanwhile. Close this and look at it again.'
                : (problem?.errors[0]?.message ?? save.error?.message)}
            </p>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
              {product ? 'Save' : 'Add'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
