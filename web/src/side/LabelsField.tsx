import { useCatalog } from '../api/catalog';
import { ChoicesEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';
import { LabelBadges } from './LabelBadges';
import { option } from './option';

type Props = { subject: 'deal' | 'person' | 'organization'; ids: number[]; onSave: (ids: number[]) => void };

/** The labels on a record, of those that its kind can have. */
export const LabelsField = ({ subject, ids, onSave }: Props) => {
  const catalog = useCatalog();
  return (
    <Inline
      label="Labels"
      editor={close => (
        <ChoicesEditor
          label="Labels"
          choices={catalog.labels.filter(label => label.subject === subject).map(option)}
          value={ids.map(String)}
          close={close}
          onSave={chosen => onSave(chosen.map(Number))}
        />
      )}
    >
      {ids.length === 0 ? '–' : <LabelBadges ids={ids} />}
    </Inline>
  );
};
