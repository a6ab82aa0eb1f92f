import { Button, Group, Stack, Tabs, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useCreate } from '../app/create';
import { ContactPage } from './ContactPage';
import { Duplicates } from './Duplicates';
import { OrganizationList } from './OrganizationList';
import { PersonList } from './PersonList';

/** People and organizations: lists, pages, and pairs that may be one. */
export default function ContactsScreen() {
  return (
    <Routes>
      <Route index element={<Navigate to="persons" replace />} />
      <Route path="persons/:id" element={<ContactPage kind="person" />} />
      <Route path="organizations/:id" element={<ContactPage kind="organization" />} />
      <Route path="*" element={<Lists />} />
    </Routes>
  );
}

const Lists = () => {
  const navigate = useNavigate();
  const create = useCreate();
  const tab = useLocation().pathname.split('/')[2] ?? 'persons';
  return (
    <Stack gap="sm" pt="sm" h="100%" style={{ minHeight: 0 }}>
      <Group justify="space-between" px="md">
        <Title order={1} size="h2">
          Contacts
        </Title>
        <Group gap="xs">
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create('organization')}>
            Organization
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => create('person')}>
            Person
          </Button>
        </Group>
      </Group>
      <Tabs value={tab} onChange={value => navigate(`/contacts/${value}`)} px="md">
        <Tabs.List>
          <Tabs.Tab value="persons">Persons</Tabs.Tab>
          <Tabs.Tab value="organizations">Organizations</Tabs.Tab>
          <Tabs.Tab value="duplicates">Duplicates</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <div style={{ flex: 1, minHeight: 0 }} role="tabpanel" aria-label={tab}>
        <Routes>
          <Route path="persons" element={<PersonList />} />
          <Route path="organizations" element={<OrganizationList />} />
          <Route path="duplicates" element={<Duplicates />} />
        </Routes>
      </div>
    </Stack>
  );
};
