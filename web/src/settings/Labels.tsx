import { ColorInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { Label } from '../api/types';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { Empty } from '../ui/states';
import { AddLine } from './AddLine';
import { NameInput } from './NameInput';
import classes from './Settings.module.css';
import { SortedList } from './SortedList';
import { useAct } from './useAct';

const hex = (color: string) => (/^#[0-9a-f]{6}$/i.test(color) ? color : '');

/** The labels of a kind of record, in the order people choose from. */
export const Labels = ({ subject }: { subject: Label['subject'] }) => {
  const { mayManage } = useSession();
  const act = useAct('labels');
  const rows = useCatalog()
    .labels.filter(label => label.subject === subject)
    .sort((a, b) => a.position - b.position);
  const [deleting, setDeleting] = useState<Label | null>(null);
  const patch = (row: Label, body: { name?: string; color?: string }) =>
    act(() => ask(api.PATCH('/api/v1/labels/{id}', { params: { path: { id: row.id } }, body })), 'Saved.');
  return (
    <Stack>
      {mayManage && (
        <AddLine
          label={`New label for ${subject}s`}
          onAdd={name => act(() => ask(api.POST('/api/v1/labels', { body: { subject, name } })), `${name} added.`)}
        />
      )}
      {rows.length === 0 && <Empty title="No labels yet">Labels make what is alike stand out on the board and in lists.</Empty>}
      <SortedList
        kind={`label-${subject}`}
        rows={rows}
        disabled={!mayManage}
        onSort={ids => act(() => ask(api.POST('/api/v1/labels/reorder', { body: { subject, ids } })))}
        onDelete={setDeleting}
      >
        {row => (
          <>
            <div className={classes.itemName}>
              <NameInput label={`Name of ${row.name}`} value={row.name} disabled={!mayManage} onSave={name => patch(row, { name })} />
            </div>
            <ColorInput
              aria-label={`Colour of ${row.name}`}
              w={150}
              disabled={!mayManage}
              eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
              placeholder={row.color}
              withPreview={hex(row.color) !== ''}
              leftSection={hex(row.color) === '' && <span className={classes.swatch} style={{ background: row.color }} />}
              defaultValue={hex(row.color)}
              onChangeEnd={color => hex(color) && void patch(row, { color })}
            />
          </>
        )}
      </SortedList>
      {deleting && (
        <FormModal
          title={`Delete the label ${deleting.name}?`}
          submit="Delete the label"
          danger
          keys={['labels', 'deals', 'board']}
          done={`${deleting.name} deleted.`}
          onClose={() => setDeleting(null)}
          onSubmit={() => ask(api.DELETE('/api/v1/labels/{id}', { params: { path: { id: deleting.id } } }))}
        >
          {() => <Text size="sm">It is taken off every record.</Text>}
        </FormModal>
      )}
    </Stack>
  );
};
