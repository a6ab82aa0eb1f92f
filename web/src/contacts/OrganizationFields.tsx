import type { Organization } from '../api/types';
import { Outside, TextField } from '../side/TextField';
import { NumberEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { useFormat } from '../ui/useFormat';
import type { Patch } from './kinds';

/** What only organizations have. */
export const OrganizationFields = ({ organization, save }: { organization: Organization; save: (patch: Patch) => void }) => {
  const format = useFormat();
  const { website, email, phone } = organization;
  return (
    <>
      <TextField
        label="Website"
        member="website"
        value={website}
        save={save}
        aside={website && <Outside to={/^https?:/i.test(website) ? website : `https://${website}`}>Open</Outside>}
      />
      <TextField label="E-mail" member="email" value={email} save={save} aside={email && <Outside to={`mailto:${email}`}>Write</Outside>} />
      <TextField label="Phone" member="phone" value={phone} save={save} aside={phone && <Outside to={`tel:${phone}`}>Call</Outside>} />
      <TextField label="Industry" member="industry" value={organization.industry} save={save} />
      <Inline
        label="Employees"
        editor={close => (
          <NumberEditor
            label="Employees"
            min={0}
            value={organization.employee_count}
            close={close}
            onSave={count => save({ employee_count: count })}
          />
        )}
      >
        {format.number(organization.employee_count)}
      </Inline>
    </>
  );
};
