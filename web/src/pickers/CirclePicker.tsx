import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Circle } from '../api/types';

const roles = [
  { value: 'role:manager', label: 'Managers' },
  { value: 'role:member', label: 'Members' },
];

type Props = Omit<MultiSelectProps, 'data' | 'value' | 'onChange'> & { value: Circle; onChange: (circle: Circle) => void };

const ids = (values: string[], kind: string) =>
  values.filter(one => one.startsWith(`${kind}:`)).map(one => Number(one.slice(kind.length + 1)));

/** Some people, by role, group or name; nobody chosen means everyone. Admins are always among them. */
export const CirclePicker = ({ value, onChange, ...props }: Props) => {
  const { users } = useCatalog();
  const { data: groups } = useQuery({
    queryKey: ['groups'],
    queryFn: () => ask(api.GET('/api/v1/groups', { params: { query: { limit: 500 } } })),
  });
  const chosen = [
    ...value.roles.map(role => `role:${role}`),
    ...value.group_ids.map(id => `group:${id}`),
    ...value.user_ids.map(id => `user:${id}`),
  ];
  return (
    <MultiSelect
      {...props}
      searchable
      clearable
      placeholder={chosen.length === 0 ? 'Everyone' : undefined}
      value={chosen}
      onChange={next =>
        onChange({
          roles: (['admin', 'manager', 'member'] as const).filter(role => next.includes(`role:${role}`)),
          group_ids: ids(next, 'group'),
          user_ids: ids(next, 'user'),
        })
      }
      data={[
        { group: 'Roles', items: [...(value.roles.includes('admin') ? [{ value: 'role:admin', label: 'Admins' }] : []), ...roles] },
        { group: 'Groups', items: (groups?.data ?? []).map(group => ({ value: `group:${group.id}`, label: group.name })) },
        {
          group: 'Users',
          items: users
            .filter(user => user.is_active || value.user_ids.includes(user.id))
            .map(user => ({ value: `user:${user.id}`, label: user.name })),
        },
      ]}
    />
  );
};
