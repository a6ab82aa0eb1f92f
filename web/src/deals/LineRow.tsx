import { ActionIcon, Group, Select, Switch, Table } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { components } from '../api/types';
import { NumberEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { useFormat } from '../ui/useFormat';
import { lineTotal } from './lines';

export type Line = components['schemas']['DealProduct'];
export type LinePatch = components['schemas']['DealProductPatch'];

const billing = [
  { value: 'one_time', label: 'Once' },
  { value: 'weekly', label: 'Weekly' },
  { value: 'monthly', label: 'Monthly' },
  { value: 'quarterly', label: 'Quarterly' },
  { value: 'semi_annually', label: 'Half-yearly' },
  { value: 'annually', label: 'Yearly' },
];
type Props = { line: Line; onChange: (patch: LinePatch) => void; onRemove: () => void };

/** One product of a deal: a press on a number edits it. */
export const LineRow = ({ line, onChange, onRemove }: Props) => {
  const format = useFormat();
  const number = (name: 'item_price' | 'quantity' | 'discount' | 'tax', label: string, shown: string) => (
    <Inline
      label={`${label} of ${line.name}`}
      hideLabel
      editor={close => (
        <NumberEditor
          label={label}
          min={0}
          value={line[name]}
          close={close}
          onSave={value => value !== null && onChange({ [name]: value })}
        />
      )}
    >
      <span className="tabular">{shown}</span>
    </Inline>
  );
  return (
    <Table.Tr style={line.is_enabled ? undefined : { opacity: 0.55 }}>
      <Table.Td>
        <Switch
          size="xs"
          checked={line.is_enabled}
          label={line.name ?? 'No longer in the catalogue'}
          onChange={event => onChange({ is_enabled: event.currentTarget.checked })}
        />
      </Table.Td>
      <Table.Td>{number('item_price', 'Price', format.money(line.item_price, line.currency))}</Table.Td>
      <Table.Td>{number('quantity', 'Quantity', format.number(line.quantity))}</Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap">
          {number(
            'discount',
            'Discount',
            line.discount_type === 'percentage' ? `${format.number(line.discount)} %` : format.money(line.discount, line.currency),
          )}
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`Discount of ${line.name} in ${line.discount_type === 'percentage' ? 'an amount' : 'percent'}`}
            onClick={() => onChange({ discount_type: line.discount_type === 'percentage' ? 'amount' : 'percentage' })}
          >
            {line.discount_type === 'percentage' ? '%' : '#'}
          </ActionIcon>
        </Group>
      </Table.Td>
      <Table.Td>{number('tax', 'Tax', format.number(line.tax))}</Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <Select
            size="xs"
            w={112}
            aria-label={`Billing of ${line.name}`}
            allowDeselect={false}
            data={billing}
            value={line.billing_frequency}
            onChange={value =>
              onChange({
                billing_frequency: value as Line['billing_frequency'],
                ...(value === 'weekly' && !line.billing_cycles ? { billing_cycles: 52 } : {}),
              })
            }
          />
          {line.billing_frequency !== 'one_time' && (
            <Inline
              label={`Cycles of ${line.name}`}
              hideLabel
              editor={close => (
                <NumberEditor
                  label="Cycles"
                  min={1}
                  max={208}
                  value={line.billing_cycles}
                  close={close}
                  onSave={value => onChange({ billing_cycles: value })}
                />
              )}
            >
              {line.billing_cycles ? `× ${line.billing_cycles}` : 'until cancelled'}
            </Inline>
          )}
        </Group>
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {format.money(lineTotal(line), line.currency)}
      </Table.Td>
      <Table.Td>
        <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${line.name}`} onClick={() => onRemove()}>
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
};
