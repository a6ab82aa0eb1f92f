import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { FieldDefinition } from '../api/types';

/** In how many records a field is filled in, counted when somebody looks. */
export const FieldUsage = ({ field }: { field: FieldDefinition }) => {
  const query = { where: JSON.stringify({ field: `custom.${field.slug}`, operator: 'is_not_empty' }), limit: 1, total: true };
  const { data, error } = useQuery({
    queryKey: [`${field.subject}s`, 'usage', field.id],
    queryFn: async () => {
      if (field.subject === 'deal') return (await ask(api.GET('/api/v1/deals', { params: { query } }))).total;
      if (field.subject === 'person') return (await ask(api.GET('/api/v1/persons', { params: { query } }))).total;
      if (field.subject === 'organization') return (await ask(api.GET('/api/v1/organizations', { params: { query } }))).total;
      if (field.subject === 'product') return (await ask(api.GET('/api/v1/products', { params: { query } }))).total;
      return (await ask(api.GET('/api/v1/activities', { params: { query } }))).total;
    },
  });
  return <span className="tabular">{error ? '–' : (data ?? '…')}</span>;
};
