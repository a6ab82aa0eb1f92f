import { Anchor, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useCatalog } from '../api/catalog';
import type { ApiEvent } from '../api/types';
import { whoDid } from '../past/words';
import { useFormat } from '../ui/useFormat';
import { deedName, kindName, type NameOf, nameWritten, pageOf, told, toldChanges } from './audit';
import { dialectName } from './names';
import classes from './Settings.module.css';

/** Changes that a line tells before somebody asks for all of them. */
const few = 4;

type Props = { event: ApiEvent; nameOf: NameOf; currency: string | undefined };

/** One line of the log as people read it. */
export const AuditLine = ({ event, nameOf, currency }: Props) => {
  const catalog = useCatalog();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const changes = toldChanges(event);
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{format.instant(event.at)}</Table.Td>
      <Table.Td className={classes.names}>
        <bdi>{whoDid(event, catalog)}</bdi>
      </Table.Td>
      <Table.Td className={classes.names}>
        {dialectName(event.dialect)}
        <Through event={event} nameOf={nameOf} />
      </Table.Td>
      <Table.Td className={classes.names}>
        <What event={event} name={nameOf(event.subject, event.subject_id) ?? nameWritten(event)} />
      </Table.Td>
      <Table.Td className={classes.names}>
        {(changes.length > 0 || event.note) && (
          <Stack gap={2}>
            {(all ? changes : changes.slice(0, few)).map(change => {
              const { name, old, new: after } = told(change, event, currency, nameOf, catalog, format);
              return (
                <Text key={change.field} size="xs" className={classes.change} component="div">
                  <b>{name}</b>{' '}
                  {change.old !== null && (
                    <>
                      <bdi className={classes.before}>{old}</bdi> <IconArrowRight size={11} aria-label="became" />{' '}
                    </>
                  )}
                  <bdi>{after}</bdi>
                </Text>
              );
            })}
            {changes.length > few && (
              <UnstyledButton className={classes.ids} aria-expanded={all} onClick={() => setAll(!all)}>
                {all ? 'Less' : `and ${changes.length - few} more`}
              </UnstyledButton>
            )}
            {event.note && (
              <Text size="xs" fs="italic" dir="auto">
                {event.note}
              </Text>
            )}
          </Stack>
        )}
      </Table.Td>
    </Table.Tr>
  );
};

/** The key, app or automation behind it. */
const Through = ({ event, nameOf }: { event: ApiEvent; nameOf: NameOf }) => {
  const automation = event.automation_ids.at(-1);
  const [what, id] =
    automation != null
      ? ['automation', automation]
      : event.app_id != null
        ? ['app', event.app_id]
        : event.key_id != null
          ? ['api_key', event.key_id]
          : [null, 0];
  if (!what) return null;
  return (
    <Text size="xs" c="dimmed" component="div">
      {kindName(what)} <bdi>{nameOf(what, id) ?? `#${id}`}</bdi>
    </Text>
  );
};

const What = ({ event, name }: { event: ApiEvent; name: string | undefined }) => {
  const page = event.action === 'purged' ? undefined : pageOf(event.subject, event.subject_id);
  const called = <bdi>{name ?? `#${event.subject_id}`}</bdi>;
  return (
    <>
      {kindName(event.subject)}{' '}
      {page ? (
        <Anchor component={Link} to={page} inherit>
          {called}
        </Anchor>
      ) : (
        <b>{called}</b>
      )}{' '}
      {deedName(event.action)}
    </>
  );
};
