import { useMemo, useState } from 'react';
import { useCatalog } from '../api/catalog';
import { useNames } from '../api/names';
import type { Person } from '../api/types';
import { useFormat } from '../ui/useFormat';
import { ContactGrid } from './ContactGrid';
import { personColumns } from './columns';

export const PersonList = () => {
  const catalog = useCatalog();
  const format = useFormat();
  const [loaded, setLoaded] = useState<Person[]>([]);
  const names = useNames(
    'organization',
    loaded.map(person => person.org_id),
  );
  const columns = useMemo(() => personColumns(catalog, format, id => names.get(id)), [catalog, format, names]);
  return <ContactGrid<Person> kind="person" columns={columns} onLoaded={setLoaded} />;
};
