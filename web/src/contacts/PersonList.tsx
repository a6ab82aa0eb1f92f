import { useMemo } from 'react';
import { useCatalog } from '../api/catalog';
import type { Person } from '../api/types';
import { useFormat } from '../ui/useFormat';
import { ContactGrid } from './ContactGrid';
import { personColumns } from './columns';

export const PersonList = () => {
  const catalog = useCatalog();
  const format = useFormat();
  const columns = useMemo(() => personColumns(catalog, format), [catalog, format]);
  return <ContactGrid<Person> kind="person" columns={columns} />;
};
