import type { Catalog } from '../api/catalog';
import type { Product } from '../api/types';
import { CellLink } from '../grid/CellLink';
import type { Column } from '../grid/column';
import type { Format } from '../ui/format';

export const billings = {
  one_time: 'Once',
  weekly: 'Weekly',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
  semi_annually: 'Twice a year',
  annually: 'Yearly',
} as const;

/** The columns of the catalogue, with one for the price in each currency; the base currency comes first. */
export const productColumns = (catalog: Catalog, format: Format, base: string): Column<Product>[] => {
  const codes = [base, ...catalog.currencies.map(currency => currency.code).filter(code => code !== base)];
  return [
    {
      id: 'name',
      label: 'Name',
      width: 280,
      sort: 'name',
      path: 'name',
      render: product => <CellLink to={`/products/${product.id}`}>{product.name}</CellLink>,
    },
    { id: 'code', label: 'Code', width: 130, sort: 'code', path: 'code', render: product => product.code ?? '–' },
    { id: 'category', label: 'Category', width: 140, path: 'category', render: product => product.category ?? '–' },
    ...codes.map(
      (code): Column<Product> => ({
        id: `price.${code}`,
        label: `Price ${code}`,
        width: 130,
        align: 'end',
        path: `price.${code}`,
        render: product => format.money(product.prices.find(price => price.currency === code)?.price, code),
      }),
    ),
    { id: 'tax', label: 'Tax', width: 90, align: 'end', path: 'tax', render: product => format.percent(product.tax) },
    { id: 'unit', label: 'Unit', width: 100, path: 'unit', render: product => product.unit ?? '–' },
    { id: 'billing', label: 'Billed', width: 120, path: 'billing_frequency', render: product => billings[product.billing_frequency] },
    { id: 'variations', label: 'Variations', width: 110, align: 'end', render: product => format.number(product.variations.length) },
    {
      id: 'owner',
      label: 'Owner',
      width: 150,
      sort: 'owner_id',
      path: 'owner.name',
      render: product => catalog.user(product.owner_id)?.name ?? '–',
    },
    {
      id: 'updated_at',
      label: 'Updated',
      width: 130,
      sort: 'updated_at',
      path: 'updated_at',
      render: product => (product.updated_at ? format.day(format.dayOfInstant(product.updated_at)) : '–'),
    },
  ];
};
