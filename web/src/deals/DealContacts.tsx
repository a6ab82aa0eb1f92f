import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Deal } from '../api/types';
import { SideSection } from '../side/SideSection';
import classes from './Deal.module.css';

const roles: Record<string, string> = {
  decision_maker: 'Decision maker',
  influencer: 'Influencer',
  champion: 'Champion',
  blocker: 'Blocker',
  end_user: 'End user',
  other: 'Other',
};

/** The people of the deal with their roles; the Participants tab changes them. */
export const DealContacts = ({ deal }: { deal: Deal }) => (
  <SideSection title="People">
    {(deal.contacts ?? []).map(contact => (
      <div key={contact.person_id}>
        <Anchor size="sm" component={Link} to={`/contacts/persons/${contact.person_id}`} dir="auto" style={{ overflowWrap: 'anywhere' }}>
          {contact.name ?? `#${contact.person_id}`}
        </Anchor>
        <div className={classes.faint}>
          {[contact.primary && 'Main contact', contact.role && roles[contact.role], contact.email, contact.phone]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
    ))}
    {(deal.contacts ?? []).length === 0 && <span className={classes.faint}>Nobody yet; the Participants tab adds people.</span>}
  </SideSection>
);
