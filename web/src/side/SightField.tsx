import { sight } from '../past/words';
import { ChoiceEditor } from '../ui/editors';
import { Inline } from '../ui/Inline';

/** Who else sees a record, beside its owner. */
export const SightField = ({ value, onSave }: { value: number; onSave: (value: number) => void }) => (
  <Inline
    label="Visible to"
    editor={close => (
      <ChoiceEditor
        label="Visible to"
        choices={Object.entries(sight).map(([circle, label]) => ({ value: circle, label }))}
        value={String(value)}
        close={close}
        onSave={chosen => chosen && onSave(Number(chosen))}
      />
    )}
  >
    {sight[value] ?? value}
  </Inline>
);
