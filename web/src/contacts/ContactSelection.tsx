import { Button, Menu } from '@mantine/core';
import { IconTrash, IconUserShare } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCatalog } from '../api/catalog';
import { ChosenBar } from '../ui/ChosenBar';
import { notifyDone, notifyError } from '../ui/notify';
import { useFormat } from '../ui/useFormat';
import { type Contact, type Kind, kinds } from './kinds';

type Props = { kind: Kind; contacts: Contact[]; onClear: () => void };

/** What can be done with the chosen contacts: each on its own, so that one refusal does not stop the others. */
export const ContactSelection = ({ kind, contacts, onClear }: Props) => {
  const format = useFormat();
  const catalog = useCatalog();
  const queries = useQueryClient();
  const verbs = kinds[kind];
  const forEach = async (some: Contact[], work: (contact: Contact) => Promise<unknown>) => {
    const done: Contact[] = [];
    let refused: unknown = null;
    for (const contact of some) {
      try {
        await work(contact);
        done.push(contact);
      } catch (error) {
        refused = error;
      }
    }
    await queries.invalidateQueries({ queryKey: [`${kind}s`] });
    if (refused) notifyError(refused, `${format.number(some.length - done.length)} of ${format.number(some.length)} stay as they were`);
    return done;
  };
  const act = useMutation({
    mutationFn: async (asked: {
      word: string;
      work: (contact: Contact) => Promise<unknown>;
      back: (contact: Contact) => Promise<unknown>;
    }) => {
      const done = await forEach(contacts, asked.work);
      if (done.length === 0) return;
      onClear();
      notifyDone(`${format.number(done.length)} ${asked.word}.`, () => forEach(done, asked.back));
    },
  });
  return (
    <ChosenBar label={`Selected ${kind}s`} count={contacts.length} onClear={onClear}>
      <Menu position="top">
        <Menu.Target>
          <Button size="compact-sm" loading={act.isPending} leftSection={<IconUserShare size={15} aria-hidden />}>
            Give to…
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="50vh" style={{ overflow: 'auto' }}>
          {catalog.users
            .filter(user => user.is_active)
            .map(user => (
              <Menu.Item
                key={user.id}
                onClick={() =>
                  act.mutate({
                    word: `given to ${user.name}`,
                    work: contact => verbs.update(contact.id, { owner_id: user.id }),
                    back: contact => verbs.update(contact.id, { owner_id: contact.owner_id }),
                  })
                }
              >
                {user.name}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconTrash size={15} aria-hidden />}
        onClick={() =>
          act.mutate({
            word: 'deleted (kept 30 days)',
            work: contact => verbs.remove(contact.id),
            back: contact => verbs.restore(contact.id),
          })
        }
      >
        Delete
      </Button>
    </ChosenBar>
  );
};
