import { ActionIcon, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { UserGroup } from '../api/types';
import { useGroups } from '../scope/useScope';
import { useSession } from '../session/useSession';
import { Empty } from '../ui/states';
import { roles, visibilities } from './names';
import { Section } from './Section';
import { TeamForm } from './TeamForm';
import { useAct } from './useAct';

type Placed = { group: UserGroup; depth: number };

/** Groups below one another, in the order of their names. */
export const asTree = (groups: UserGroup[], parent: number | null = null, depth = 0): Placed[] =>
  groups
    .filter(group => (group.parent_id ?? null) === parent)
    .sort((a, b) => a.name.localeCompare(b.name))
    .flatMap(group => [{ group, depth }, ...asTree(groups, group.id, depth + 1)]);

/** Teams are the groups that decide, with a record's visibility, who sees it. */
export default function TeamsSection() {
  const { isAdmin } = useSession();
  const catalog = useCatalog();
  const groups = useGroups();
  const act = useAct('groups');
  const [open, setOpen] = useState<UserGroup | 'new' | null>(null);
  return (
    <Section
      title="Teams, roles and visibility"
      lead="Teams form a tree. With a record's visibility they decide who sees it."
      actions={
        isAdmin && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
            Team
          </Button>
        )
      }
    >
      {groups.length === 0 && (
        <Empty title="No teams yet">Without teams, records are seen by their owner and followers, or by everyone.</Empty>
      )}
      <Stack gap={6} maw={720}>
        {asTree(groups).map(({ group, depth }) => {
          const users = catalog.users.filter(user => user.group_id === group.id && user.is_active);
          return (
            <Group key={group.id} gap="xs" pl={depth * 26} wrap="nowrap">
              <Text fw={600} size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
                <bdi>{group.name}</bdi>
              </Text>
              <Text size="sm" c="dimmed" flex={1} miw={90}>
                {users.length === 0 ? 'nobody' : users.map(user => user.name).join(', ')}
              </Text>
              {isAdmin && (
                <>
                  <ActionIcon variant="subtle" color="gray" aria-label={`Change ${group.name}`} onClick={() => setOpen(group)}>
                    <IconPencil size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Delete ${group.name}`}
                    onClick={() =>
                      void act(
                        () => ask(api.DELETE('/api/v1/groups/{id}', { params: { path: { id: group.id } } })),
                        `${group.name} deleted.`,
                      )
                    }
                  >
                    <IconTrash size={16} aria-hidden />
                  </ActionIcon>
                </>
              )}
            </Group>
          );
        })}
      </Stack>
      <Words title="Roles" rows={roles.map(role => [role.label, role.text])} />
      <Words title="Who sees a record" rows={visibilities.map(one => [one.label, one.text])} />
      {open && <TeamForm group={open === 'new' ? null : open} groups={groups} onClose={() => setOpen(null)} />}
    </Section>
  );
}

const Words = ({ title, rows }: { title: string; rows: (readonly [string, string])[] }) => (
  <div>
    <Title order={2} size="h3" mb={4}>
      {title}
    </Title>
    <Table maw={720} aria-label={title}>
      <Table.Tbody>
        {rows.map(([name, text]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" w={200}>
              {name}
            </Table.Th>
            <Table.Td>{text}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
);
