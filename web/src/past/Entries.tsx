import { Group, Text } from '@mantine/core';
import { useCatalog } from '../api/catalog';
import { useNames } from '../api/names';
import { useFormat } from '../ui/useFormat';
import { type Entry, isBirth, isPeople, isShown, type Named, namedBy, shown } from './entry';
import classes from './Past.module.css';
import { type Subject, throughWhat, whoDid } from './words';

/** What happened to a record, in the order given; each entry says who, when, and through what. */
export const Entries = ({ entries, of }: { entries: Entry[]; of: Subject }) => {
  // Who follows and takes part from the beginning goes with the new record.
  const born = new Set(entries.filter(isBirth).map(entry => entry.id));
  const told = entries.filter(entry => isShown(entry) && (isBirth(entry) || !isPeople(entry) || !born.has(entry.id)));
  const ids = told.map(namedBy);
  const named = {
    persons: useNames(
      'person',
      ids.flatMap(one => one.persons),
    ),
    organizations: useNames(
      'organization',
      ids.flatMap(one => one.organizations),
    ),
    deals: useNames(
      'deal',
      ids.flatMap(one => one.deals),
    ),
  };
  return (
    <>
      {told.length === 0 && (
        <Text size="sm" c="dimmed" py="lg" ta="center">
          Nothing here yet.
        </Text>
      )}
      <ol className={classes.timeline}>
        {told.map(entry => (
          <Item key={`${entry.kind} ${entry.id} ${entry.field ?? ''}`} entry={entry} of={of} named={named} />
        ))}
      </ol>
    </>
  );
};

const Item = ({ entry, of, named }: { entry: Entry; of: Subject; named: Named }) => {
  const catalog = useCatalog();
  const format = useFormat();
  const { icon: Icon, title, body, tools } = shown(entry, of, named, catalog, format);
  const actor_id =
    entry.actor_id ?? entry.activity?.owner_id ?? entry.note?.user_id ?? entry.file?.user_id ?? entry.deal?.creator_id ?? null;
  // What was said or sent has its people in the title; all else was done by somebody.
  const who = actor_id || entry.dialect ? whoDid({ actor_id, dialect: entry.dialect }, catalog) : null;
  return (
    <li data-kind={entry.kind}>
      <span className={classes.dot} aria-hidden>
        <Icon size={15} />
      </span>
      <div className={classes.entry}>
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <Text size="sm" fw={500} component="div" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Text>
          {tools}
        </Group>
        {body && (
          <Text size="sm" className={classes.text} dir="auto">
            {body}
          </Text>
        )}
        <span className={classes.faint}>
          {[who, format.instant(entry.at), throughWhat({ actor_id, dialect: entry.dialect })].filter(Boolean).join(' · ')}
        </span>
      </div>
    </li>
  );
};
