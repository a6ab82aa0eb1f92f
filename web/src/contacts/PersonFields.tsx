import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { Person } from '../api/types';
import { RecordPicker } from '../pickers/RecordPicker';
import { Outside, TextField } from '../side/TextField';
import { DayEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { useFormat } from '../ui/useFormat';
import classes from './Contacts.module.css';
import { PointsEditor } from './PointsEditor';
import type { SaveContact } from './useContactSave';

type Props = { person: Person; save: SaveContact };

/** What only persons have. */
export const PersonFields = ({ person, save }: Props) => {
  const format = useFormat();
  const { organization } = person;
  return (
    <>
      <Points label="E-mail" member="emails" way="Write" scheme="mailto:" person={person} save={save} />
      <Points label="Phone" member="phones" way="Call" scheme="tel:" person={person} save={save} />
      <TextField label="Job title" member="job_title" value={person.job_title} save={save} />
      <Inline
        label="Organization"
        aside={
          organization && (
            <Anchor component={Link} to={`/contacts/organizations/${organization.id}`} size="xs">
              Open
            </Anchor>
          )
        }
        editor={close => (
          <RecordPicker
            kind="organization"
            aria-label="Organization"
            autoFocus
            value={organization ?? null}
            onChange={picked => {
              save({ org_id: picked?.id ?? null }, { organization: picked });
              close();
            }}
          />
        )}
      >
        <bdi className={classes.value}>{organization?.name ?? '–'}</bdi>
      </Inline>
      <Inline
        label="Birthday"
        editor={close => <DayEditor label="Birthday" value={person.birthday} close={close} onSave={day => save({ birthday: day })} />}
      >
        {format.day(person.birthday)}
      </Inline>
    </>
  );
};

type PointsProps = Props & { label: string; member: 'emails' | 'phones'; way: string; scheme: string };

const Points = ({ label, member, way, scheme, person, save }: PointsProps) => {
  const all = person[member];
  const main = all.find(point => point.primary) ?? all[0];
  return (
    <Inline
      label={label}
      aside={main && <Outside to={scheme + main.value}>{way}</Outside>}
      editor={close => <PointsEditor label={label} points={all} close={close} onSave={next => save({ [member]: next })} />}
    >
      <bdi className={classes.value}>{all.length === 0 ? '–' : all.map(point => point.value).join('\n')}</bdi>
    </Inline>
  );
};
