import { Anchor, Breadcrumbs, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { useCreate } from '../app/create';
import { useRecordTitle } from '../app/titles';
import { notifyDone, notifyError } from '../ui/notify';
import { ErrorState, LoadingPage } from '../ui/states';
import { useFormat } from '../ui/useFormat';
import { ContactDeals } from './ContactDeals';
import { ContactFields } from './ContactFields';
import { ContactPast } from './ContactPast';
import classes from './Contacts.module.css';
import { ErasePerson } from './ErasePerson';
import { type Kind, kinds } from './kinds';

/** A person or an organization: who they are, what is sold to them, and what happened. */
export const ContactPage = ({ kind }: { kind: Kind }) => {
  const id = Number(useParams().id);
  const navigate = useNavigate();
  const create = useCreate();
  const queries = useQueryClient();
  const format = useFormat();
  const verbs = kinds[kind];
  const contact = useQuery({ queryKey: [kind, id], queryFn: () => verbs.get(id) });
  const counts = useQuery({ queryKey: [kind, id, 'counts'], queryFn: () => verbs.counts(id) });
  useRecordTitle(contact.data?.name);
  if (contact.error) return <ErrorState error={contact.error} onRetry={() => void contact.refetch()} />;
  if (!contact.data) return <LoadingPage />;

  const link = kind === 'person' ? { person_id: id } : { org_id: id };
  const remove = async () => {
    await verbs.remove(id);
    navigate(verbs.list);
    for (const root of ['persons', 'organizations']) void queries.invalidateQueries({ queryKey: [root] });
    notifyDone(`“${contact.data.name}” deleted. It is kept for 30 days.`, () =>
      verbs.restore(id).then(() => navigate(`${verbs.list}/${id}`)),
    );
  };
  const sums = [
    ['Open deals', counts.data?.open_deals],
    ['Won', counts.data?.won_deals],
    ['Lost', counts.data?.lost_deals],
    ['Activities to do', counts.data?.undone_activities],
  ] as const;

  return (
    <div style={{ overflow: 'auto', height: '100%' }}>
      <div className={classes.page}>
        <Stack gap="md">
          <Breadcrumbs>
            <Anchor component={Link} to={verbs.list} size="sm">
              {kind === 'person' ? 'Persons' : 'Organizations'}
            </Anchor>
            <Text size="sm">{verbs.title}</Text>
          </Breadcrumbs>
          <Title order={1} size="h3" lineClamp={4} dir="auto" style={{ overflowWrap: 'anywhere' }}>
            {contact.data.name}
          </Title>
          <SimpleGrid cols={2} spacing="xs" className={classes.card}>
            {sums.map(([label, count]) => (
              <div key={label}>
                <Text size="xs" c="dimmed">
                  {label}
                </Text>
                <Text fw={700}>{count === undefined ? '…' : format.number(count)}</Text>
              </div>
            ))}
          </SimpleGrid>
          <ContactFields kind={kind} contact={contact.data} />
          <Group gap="xs">
            <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => create('deal', link)}>
              Deal
            </Button>
            <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => create('activity', link)}>
              Activity
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTrash size={14} aria-hidden />}
              onClick={() => remove().catch(notifyError)}
            >
              Delete
            </Button>
            {kind === 'person' && <ErasePerson id={id} name={contact.data.name} />}
          </Group>
        </Stack>
        <Stack gap="md">
          <ContactDeals kind={kind} id={id} />
          <ContactPast kind={kind} id={id} />
        </Stack>
      </div>
    </div>
  );
};
