import { Switch, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useCatalog } from '../api/catalog';
import { api, ask } from '../api/client';
import type { LostReason } from '../api/types';
import { useSession } from '../session/useSession';
import { Empty } from '../ui/states';
import { AddLine } from './AddLine';
import { NameInput } from './NameInput';
import { Section } from './Section';
import classes from './Settings.module.css';
import { SortedList } from './SortedList';
import { useAct } from './useAct';

/** Why deals are lost, in the order people choose from. */
export default function LostReasonsSection() {
  const { mayManage } = useSession();
  const act = useAct('lost-reasons');
  const rows = [...useCatalog().lostReasons].sort((a, b) => a.position - b.position);
  const patch = (row: LostReason, body: { name?: string; category?: string | null; is_active?: boolean }) =>
    act(() => ask(api.PATCH('/api/v1/lost-reasons/{id}', { params: { path: { id: row.id } }, body })), 'Saved.');
  return (
    <Section
      title="Lost reasons"
      lead="Offered when a deal is lost. Deals keep the text they were given, also when a reason is renamed or deleted. Categories group reasons in reports."
    >
      {mayManage && (
        <AddLine
          label="New lost reason"
          onAdd={name => act(() => ask(api.POST('/api/v1/lost-reasons', { body: { name } })), `${name} added.`)}
        />
      )}
      {rows.length === 0 && <Empty title="No lost reasons yet">Whoever loses a deal then writes why in their own words.</Empty>}
      <SortedList
        kind="lost-reason"
        rows={rows}
        disabled={!mayManage}
        onSort={ids => act(() => ask(api.POST('/api/v1/lost-reasons/reorder', { body: { ids } })))}
        onDelete={row =>
          void act(
            () => ask(api.DELETE('/api/v1/lost-reasons/{id}', { params: { path: { id: row.id } } })),
            `${row.name} deleted.`,
            () =>
              ask(
                api.POST('/api/v1/lost-reasons', {
                  body: { name: row.name, category: row.category, position: row.position, is_active: row.is_active },
                }),
              ),
          )
        }
      >
        {row => (
          <>
            <div className={classes.itemName}>
              <NameInput label={`Name of ${row.name}`} value={row.name} disabled={!mayManage} onSave={name => patch(row, { name })} />
            </div>
            <Category row={row} disabled={!mayManage} onSave={category => patch(row, { category })} />
            <Switch
              aria-label={`Offer ${row.name}`}
              label="Offered"
              checked={row.is_active}
              disabled={!mayManage}
              onChange={event => void patch(row, { is_active: event.currentTarget.checked })}
            />
          </>
        )}
      </SortedList>
    </Section>
  );
}

const Category = ({
  row,
  disabled,
  onSave,
}: {
  row: LostReason;
  disabled: boolean;
  onSave: (category: string | null) => Promise<boolean>;
}) => {
  const [text, setText] = useState(row.category ?? '');
  useEffect(() => setText(row.category ?? ''), [row.category]);
  return (
    <TextInput
      aria-label={`Category of ${row.name}`}
      placeholder="Category"
      flex="1 1 110px"
      disabled={disabled}
      value={text}
      onChange={event => setText(event.currentTarget.value)}
      onBlur={() => text !== (row.category ?? '') && void onSave(text.trim() || null)}
      onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
};
