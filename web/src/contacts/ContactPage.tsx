import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { useRecordTitle } from '../app/titles';
import { Focus } from '../past/Focus';
import { Timeline } from '../past/Timeline';
import { ErrorState, LoadingPage } from '../ui/states';
import { ContactComposer } from './ContactComposer';
import { ContactDeals } from './ContactDeals';
import { ContactFields } from './ContactFields';
import { ContactHead } from './ContactHead';
import { ContactPeople } from './ContactPeople';
import { ContactSums } from './ContactSums';
import classes from './Contacts.module.css';
import { type Kind, kinds } from './kinds';

/** A person or an organization: who they are, what is sold to them, and what happened. */
export const ContactPage = ({ kind }: { kind: Kind }) => {
  const id = Number(useParams().id);
  const contact = useQuery({ queryKey: [kind, id], queryFn: () => kinds[kind].get(id) });
  useRecordTitle(contact.data?.name);
  if (contact.error) return <ErrorState error={contact.error} onRetry={() => void contact.refetch()} />;
  if (!contact.data) return <LoadingPage />;
  return (
    <div className={classes.scrolled}>
      <ContactHead kind={kind} contact={contact.data} />
      <ContactSums kind={kind} id={id} />
      <div className={classes.page}>
        <ContactFields kind={kind} contact={contact.data} />
        <Stack gap="md" miw={0}>
          <ContactDeals kind={kind} id={id} />
          {kind === 'organization' && <ContactPeople id={id} />}
          <section className={classes.card} aria-label="History">
            <h2 className={classes.heading}>History</h2>
            <ContactComposer key={`${kind} ${id}`} contact={contact.data} />
            <Focus of={kind} id={id} />
            <Timeline key={`${kind} ${id}`} of={kind} id={id} />
          </section>
        </Stack>
      </div>
    </div>
  );
};
