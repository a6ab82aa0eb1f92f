import { useCallback, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { useIsPhone } from '../app/Shell';
import { read } from '../filters/condition';
import { FilterChips } from '../filters/FilterChips';
import { type Column, readShown, writeShown } from '../grid/column';
import { Grid } from '../grid/Grid';
import { useSaving } from '../grid/useSaving';
import { ErrorState, FilteredOut, LoadingRows } from '../ui/states';
import { formerOf } from '../ui/useChange';
import { useAddressViews } from '../views/useViews';
import { ContactSelection } from './ContactSelection';
import { ContactToolbar } from './ContactToolbar';
import { usualColumns } from './columns';
import { type Contact, type Kind, kinds, type Patch } from './kinds';
import { NoContacts } from './NoContacts';
import { useContactRows } from './useContactRows';
import { useListAddress } from './useListAddress';

type Props<Row extends Contact> = { kind: Kind; columns: Column<Row>[] };

/** Contacts as a table of any length: columns chosen and sized, cells edited in place, filtered, kept as views. */
export const ContactGrid = <Row extends Contact>({ kind, columns }: Props<Row>) => {
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const address = useListAddress();
  const views = useAddressViews(kind);
  const [sight, setSight] = useState({ first: 0, last: 30 });
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const { count, pages, error, retry, layout } = useContactRows<Row>(kind, address, sight, closed, !views.isBeginning);
  const save = useSaving<Row>({
    root: `${kind}s`,
    columns,
    nameOf: row => row.name,
    send: (row, patch) => kinds[kind].update(row.id, patch as Patch),
    former: formerOf,
  });
  const shown = useMemo(() => {
    const wide = readShown(address.columns ?? usualColumns[kind], columns);
    return isPhone ? wide.map((one, at) => (at === 0 ? { ...one, width: Math.min(one.width, 180) } : one)) : wide;
  }, [address.columns, kind, columns, isPhone]);
  const onSight = useCallback(
    (first: number, last: number) => setSight(now => (now.first === first && now.last === last ? now : { first, last })),
    [],
  );
  const loaded = pages.loaded();
  const isNarrowed = address.text !== '' || address.owner !== null || address.where !== null;

  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, position: 'relative' }}>
      <ContactToolbar kind={kind} address={address} views={views} columns={columns} shown={shown} />
      {address.where && (
        <div style={{ paddingInline: 16, paddingBottom: 8 }}>
          <FilterChips
            subject={kind}
            value={read(address.where)}
            onChange={where => address.set({ where: where && JSON.stringify(where) })}
          />
        </div>
      )}
      <div style={{ flex: 1, minHeight: 0 }}>
        {error ? (
          <ErrorState error={error} onRetry={retry} />
        ) : count === undefined ? (
          <LoadingRows rows={10} height={30} />
        ) : count === 0 ? (
          isNarrowed ? (
            <FilteredOut what={`${kind}s`} onClear={address.clear} />
          ) : (
            <NoContacts kind={kind} />
          )
        ) : (
          <Grid
            label={`${kinds[kind].title}s`}
            columns={columns}
            shown={shown}
            onShown={next => address.set({ columns: writeShown(next, columns) })}
            sort={{ field: address.sort.replace(/^-/, ''), down: address.sort.startsWith('-') }}
            onSort={next => address.set({ sort: `${next.down ? '-' : ''}${next.field}` })}
            layout={layout}
            onToggle={section =>
              setClosed(now =>
                now.has(section.key) ? new Set([...now].filter(key => key !== section.key)) : new Set([...now, section.key]),
              )
            }
            row={pages.row}
            onSight={onSight}
            nameOf={row => row.name}
            onSave={save}
            onOpen={row => navigate(`${kinds[kind].list}/${row.id}`)}
            select={{
              has: row => chosen.has(row.id),
              toggle: (row, on) => setChosen(now => (on ? new Set([...now, row.id]) : new Set([...now].filter(id => id !== row.id)))),
              all: loaded.length > 0 && loaded.every(row => chosen.has(row.id)) ? true : chosen.size > 0 ? 'some' : false,
              onAll: () => setChosen(chosen.size > 0 ? new Set() : new Set(loaded.map(row => row.id))),
            }}
          />
        )}
      </div>
      {chosen.size > 0 && (
        <ContactSelection kind={kind} contacts={loaded.filter(row => chosen.has(row.id))} onClear={() => setChosen(new Set())} />
      )}
    </div>
  );
};
