import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Deal, DealPatch } from '../api/types';
import { RecordPicker } from '../pickers/RecordPicker';
import { SideSection } from '../side/SideSection';
import { Inline } from '../ui/Inline';

type Props = { deal: Deal; save: (patch: DealPatch, done?: string) => void };

/** Who would buy. */
export const DealOrganization = ({ deal, save }: Props) => (
  <SideSection title="Organization">
    <Inline
      label="Organization"
      hideLabel
      aside={null}
      editor={close => (
        <RecordPicker
          kind="organization"
          aria-label="Organization"
          autoFocus
          value={deal.organization ? { id: deal.organization.id, name: deal.organization.name } : null}
          onChange={picked => {
            save({ org_id: picked?.id ?? null });
            close();
          }}
        />
      )}
    >
      {deal.organization?.name ?? 'None'}
    </Inline>
    {deal.organization && (
      <Anchor size="xs" component={Link} to={`/contacts/organizations/${deal.organization.id}`}>
        Open the organization
      </Anchor>
    )}
  </SideSection>
);
