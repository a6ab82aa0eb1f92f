import { useQuery } from '@tanstack/react-query';
import type { Catalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { FieldDefinition } from '../api/types';
import type { Format } from '../ui/format';
import { customText } from './customText';

type Props = { field: FieldDefinition; value: unknown; catalog: Catalog; format: Format };

/** A custom value as people read it. */
export const CustomValue = ({ field, value, catalog, format }: Props) =>
  value != null && (field.type === 'org' || field.type === 'people') ? (
    <RecordName kind={field.type === 'org' ? 'organization' : 'person'} id={value as number} />
  ) : (
    customText(field, value, catalog, format)
  );

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
