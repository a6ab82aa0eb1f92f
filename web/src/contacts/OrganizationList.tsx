import { useMemo } from 'react';
import { useCatalog } from '../api/catalog';
import type { Organization } from '../api/types';
import { useFormat } from '../ui/useFormat';
import { ContactGrid } from './ContactGrid';
import { organizationColumns } from './columns';

export const OrganizationList = () => {
  const catalog = useCatalog();
  const format = useFormat();
  const columns = useMemo(() => organizationColumns(catalog, format), [catalog, format]);
  return <ContactGrid<Organization> kind="organization" columns={columns} />;
};
