import { LabelsField } from '../side/LabelsField';
import { OwnerField } from '../side/OwnerField';
import { SightField } from '../side/SightField';
import { TextField } from '../side/TextField';
import type { Contact, Kind, Patch } from './kinds';

type Props = { kind: Kind; contact: Contact; save: (patch: Patch) => void };

/** What persons and organizations both have. */
export const SharedFields = ({ kind, contact, save }: Props) => (
  <>
    <OwnerField id={contact.owner_id} onSave={id => save({ owner_id: id })} />
    <LabelsField subject={kind} ids={contact.label_ids} onSave={ids => save({ label_ids: ids })} />
    <TextField label="About" member="notes" value={contact.notes} save={save} multiline />
    <SightField value={contact.visible_to} onSave={circle => save({ visible_to: circle })} />
  </>
);
