import type { Catalog } from '../api/catalog';
import type { FieldDefinition } from '../api/types';
import type { Format } from '../ui/format';

export type Money = { value: number; currency: string };
export type Range = { value: string; until?: string };

/** A custom value as people read it; persons and organizations by their number, for whoever does not look their names up. */
export const customText = (field: FieldDefinition, value: unknown, catalog: Catalog, format: Format): string => {
  if (value === null || value === undefined) return '–';
  const option = (id: unknown) => field.options?.find(one => one.id === id)?.label ?? `#${id}`;
  switch (field.type) {
    case 'monetary':
      return format.money((value as Money).value, (value as Money).currency);
    case 'double':
      return format.number(value as number);
    case 'date':
      return format.day(value as string);
    case 'daterange':
      return `${format.day((value as Range).value)} – ${format.day((value as Range).until)}`;
    case 'time':
      return (value as Range).value.slice(0, 5);
    case 'timerange':
      return `${(value as Range).value.slice(0, 5)} – ${(value as Range).until?.slice(0, 5) ?? ''}`;
    case 'enum':
      return option(value);
    case 'set':
      return (value as number[]).map(option).join(', ');
    case 'user':
      return catalog.user(value as number)?.name ?? `#${value}`;
    case 'org':
    case 'people':
      return `#${value}`;
    case 'address':
      return (value as { value?: string }).value ?? '–';
    default:
      return String(value);
  }
};
