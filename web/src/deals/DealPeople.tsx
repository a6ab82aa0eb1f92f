import { ActionIcon, Anchor, Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import type { components, Deal } from '../api/types';
import { type Picked, RecordPicker } from '../pickers/RecordPicker';
import { FollowerList } from '../side/FollowerList';
import { notifyDone, notifyError } from '../ui/notify';

type Role = NonNullable<components['schemas']['DealContactPatch']['role']>;

const roles: { value: Role; label: string }[] = [
  { value: 'decision_maker', label: 'Decision maker' },
  { value: 'influencer', label: 'Influencer' },
  { value: 'champion', label: 'Champion' },
  { value: 'blocker', label: 'Blocker' },
  { value: 'end_user', label: 'End user' },
  { value: 'other', label: 'Other' },
];

/** Who takes part on their side, in which role; and who follows on ours. */
export default function DealPeople({ deal }: { deal: Deal }) {
  const queries = useQueryClient();
  const [person, setPerson] = useState<Picked | null>(null);
  const [role, setRole] = useState<Role | null>(null);
  const settled = {
    onSettled: () => queries.invalidateQueries({ queryKey: ['deal', deal.id] }),
    onError: (error: unknown) => notifyError(error),
  };
  const path = (person_id: number) => ({ path: { id: deal.id, person_id } });
  const put = (person_id: number, as: Role | null) =>
    ask(api.POST('/api/v1/deals/{id}/contacts', { params: { path: { id: deal.id } }, body: { person_id, role: as } }));
  const add = useMutation({
    ...settled,
    mutationFn: () => put(person!.id, role),
    onSuccess: () => {
      setPerson(null);
      setRole(null);
    },
  });
  const change = useMutation({
    ...settled,
    mutationFn: ({ id, as }: { id: number; as: Role | null }) =>
      ask(api.PATCH('/api/v1/deals/{id}/contacts/{person_id}', { params: path(id), body: { role: as } })),
  });
  const remove = useMutation({
    ...settled,
    mutationFn: ({ id }: { id: number; as: Role | null; name: string }) =>
      ask(api.DELETE('/api/v1/deals/{id}/contacts/{person_id}', { params: path(id) })),
    onSuccess: (_, { id, as, name }) => notifyDone(`${name} removed.`, () => put(id, as)),
  });
  const main = useMutation({
    ...settled,
    mutationFn: (id: number) => ask(api.PATCH('/api/v1/deals/{id}', { params: { path: { id: deal.id } }, body: { person_id: id } })),
  });
  const contacts = deal.contacts ?? [];
  return (
    <Stack>
      {contacts.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Person</Table.Th>
                <Table.Th>Role</Table.Th>
                <Table.Th>Reach</Table.Th>
                <Table.Th aria-label="Actions" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {contacts.map(contact => {
                const name = contact.name ?? `#${contact.person_id}`;
                return (
                  <Table.Tr key={contact.person_id}>
                    <Table.Td>
                      <Anchor component={Link} to={`/contacts/persons/${contact.person_id}`} size="sm">
                        {name}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>
                      <Select
                        aria-label={`Role of ${name}`}
                        size="xs"
                        clearable
                        placeholder="No role"
                        data={roles}
                        value={contact.role}
                        onChange={as => change.mutate({ id: contact.person_id, as: as as Role | null })}
                      />
                    </Table.Td>
                    <Table.Td>
                      <Text size="xs">{[contact.email, contact.phone].filter(Boolean).join(' · ') || '–'}</Text>
                    </Table.Td>
                    <Table.Td>
                      <Group gap={2} wrap="nowrap" justify="flex-end">
                        <ActionIcon
                          variant="subtle"
                          color={contact.primary ? 'yellow.8' : 'gray'}
                          aria-pressed={contact.primary}
                          aria-label={`${name} is the main contact`}
                          onClick={() => !contact.primary && main.mutate(contact.person_id)}
                        >
                          {contact.primary ? <IconStarFilled size={15} aria-hidden /> : <IconStar size={15} aria-hidden />}
                        </ActionIcon>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={`Remove ${name}`}
                          onClick={() => remove.mutate({ id: contact.person_id, as: contact.role as Role | null, name })}
                        >
                          <IconTrash size={15} aria-hidden />
                        </ActionIcon>
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <form
        onSubmit={event => {
          event.preventDefault();
          if (person) add.mutate();
        }}
      >
        <Group align="flex-end" gap="xs">
          <RecordPicker
            kind="person"
            label="Add a person"
            value={person}
            onChange={setPerson}
            onCreate={async name => ask(api.POST('/api/v1/persons', { body: { name, org_id: deal.org_id } }))}
          />
          <Select label="Role" clearable w={170} data={roles} value={role} onChange={value => setRole(value as Role | null)} />
          <Button type="submit" disabled={!person} loading={add.isPending}>
            Add
          </Button>
        </Group>
      </form>
      <FollowerList subject="deal" id={deal.id} />
    </Stack>
  );
}
