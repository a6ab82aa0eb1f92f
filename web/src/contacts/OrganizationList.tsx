import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useFormat } from '../ui/useFormat';
import { ContactTable } from './ContactTable';
import { useContactRows } from './useContactRows';
import { useListAddress } from './useListAddress';

export const OrganizationList = () => {
  const catalog = useCatalog();
  const format = useFormat();
  const rows = useContactRows('organizations', useListAddress(), query => ask(api.GET('/api/v1/organizations', { params: { query } })));
  return (
    <ContactTable
      what="organizations"
      empty="Add the companies you sell to, or import them."
      to={organization => `/contacts/organizations/${organization.id}`}
      rows={rows}
      columns={[
        { label: 'Name', width: '2fr', cell: organization => organization.name },
        { label: 'Industry', width: '1.2fr', cell: organization => organization.industry ?? '–' },
        { label: 'Website', width: '1.5fr', cell: organization => organization.website ?? '–' },
        { label: 'Phone', width: '1.2fr', cell: organization => organization.phone ?? '–' },
        { label: 'Owner', width: '1.2fr', cell: organization => catalog.user(organization.owner_id)?.name ?? '–' },
        {
          label: 'Added',
          width: '110px',
          cell: organization => (organization.added_at ? format.day(format.dayOfInstant(organization.added_at)) : '–'),
        },
      ]}
    />
  );
};
