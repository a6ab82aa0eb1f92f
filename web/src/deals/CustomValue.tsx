import { useQuery } from '@tanstack/react-query';
import type { Catalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { FieldDefinition } from '../api/types';
import type { Format } from '../ui/format';

export type Money = { value: number; currency: string };
export type Range = { value: string; until?: string };

/** A custom value as people read it. */
export const CustomValue = ({
  field,
  value,
  catalog,
  format,
}: {
  field: FieldDefinition;
  value: unknown;
  catalog: Catalog;
  format: Format;
}) => {
  if (value === null || value === undefined) return '–';
  const option = (id: unknown) => field.options.find(one => one.id === id)?.label ?? `#${id}`;
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
      return <RecordName kind={field.type === 'org' ? 'organization' : 'person'} id={value as number} />;
    case 'address':
      return (value as { value?: string }).value ?? '–';
    default:
      return String(value);
  }
};

const RecordName = ({ kind, id }: { kind: 'organization' | 'person'; id: number }) => {
  const { data } = useQuery({
    queryKey: [kind, id, 'name'],
    queryFn: async () =>
      kind === 'person'
        ? (await ask(api.GET('/api/v1/persons/{id}', { params: { path: { id } } }))).name
        : (await ask(api.GET('/api/v1/organizations/{id}', { params: { path: { id } } }))).name,
  });
  return data ?? `#${id}`;
};
