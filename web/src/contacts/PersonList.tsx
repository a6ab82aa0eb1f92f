import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import { useFormat } from '../ui/useFormat';
import { ContactTable } from './ContactTable';
import { useContactRows } from './useContactRows';
import { useListAddress } from './useListAddress';

export const PersonList = () => {
  const catalog = useCatalog();
  const format = useFormat();
  const rows = useContactRows('persons', useListAddress(), query => ask(api.GET('/api/v1/persons', { params: { query } })));
  return (
    <ContactTable
      what="persons"
      empty="Add the people you sell to, or import them."
      to={person => `/contacts/persons/${person.id}`}
      rows={rows}
      columns={[
        { label: 'Name', width: '2fr', cell: person => person.name },
        { label: 'Job title', width: '1.5fr', cell: person => person.job_title ?? '–' },
        { label: 'E-mail', width: '2fr', cell: person => person.email ?? '–' },
        { label: 'Phone', width: '1.2fr', cell: person => person.phone ?? '–' },
        { label: 'Owner', width: '1.2fr', cell: person => catalog.user(person.owner_id)?.name ?? '–' },
        { label: 'Added', width: '110px', cell: person => (person.added_at ? format.day(format.dayOfInstant(person.added_at)) : '–') },
      ]}
    />
  );
};
