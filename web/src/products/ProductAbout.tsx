import { Paper, Stack, Title } from '@mantine/core';
import type { Product } from '../api/types';
import { CustomFields } from '../custom/CustomFields';
import { useSession } from '../session/useSession';
import { FollowerList } from '../side/FollowerList';
import { OwnerField } from '../side/OwnerField';
import { TextField } from '../side/TextField';
import { ChoiceEditor, NumberEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { useFormat } from '../ui/useFormat';
import { billings } from './columns';
import { useProductSave } from './useProductSave';

/** What the product is, each value changed where it stands; of a deleted one nothing is. */
export const ProductAbout = ({ product }: { product: Product }) => {
  const { workspace } = useSession();
  const format = useFormat();
  const write = useProductSave(product.id);
  const save = product.deleted_at ? undefined : write;
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h3" mb="xs">
        About
      </Title>
      <Stack gap={6}>
        <TextField label="Code" member="code" value={product.code} save={save} />
        <TextField label="Category" member="category" value={product.category} save={save} />
        <TextField label="Unit" member="unit" value={product.unit} save={save} />
        <Inline
          label="Tax"
          editor={
            save &&
            (close => <NumberEditor label="Tax" suffix=" %" value={product.tax} close={close} onSave={tax => save({ tax: tax ?? 0 })} />)
          }
        >
          {format.percent(product.tax)}
        </Inline>
        <Inline
          label="Billed"
          editor={
            save &&
            (close => (
              <ChoiceEditor
                label="Billed"
                choices={Object.entries(billings).map(([value, label]) => ({ value, label }))}
                value={product.billing_frequency}
                close={close}
                onSave={chosen => chosen && save(billed(chosen as Product['billing_frequency']))}
              />
            ))
          }
        >
          {billings[product.billing_frequency] + (product.billing_cycles ? `, ${format.number(product.billing_cycles)} times` : '')}
        </Inline>
        <OwnerField id={product.owner_id} onSave={save && (owner_id => save({ owner_id }))} />
        <TextField label="Description" member="description" value={product.description} save={save} multiline />
      </Stack>
      <Stack gap="lg" mt="lg">
        <CustomFields subject="product" values={product.custom} currency={workspace.base_currency} save={save} />
        <FollowerList subject="product" id={product.id} />
      </Stack>
    </Paper>
  );
};

/** What is billed once has no number of times. */
const billed = (frequency: Product['billing_frequency']) => ({
  billing_frequency: frequency,
  ...(frequency === 'one_time' ? { billing_cycles: null } : {}),
});
