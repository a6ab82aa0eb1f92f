import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api, ask } from '../api/client';
import { useSession } from '../session/useSession';
import { FilteredOut, Forbidden } from '../ui/states';
import { AuditFilters } from './AuditFilters';
import { AuditLine } from './AuditLine';

import { Rows } from './Rows';
import { Section } from './Section';
import { useAuditNames } from './useAuditNames';
import { endOf, startOf } from './zone';

/** Who did what, when and through what: the log, newest first. */
export default function AuditSection() {
  const { isAdmin, workspace } = useSession();
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string | number | null) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        if (value === null || value === '') next.delete(name);
        else next.set(name, String(value));
        return next;
      },
      { replace: true },
    );
  const given = (name: string) => params.get(name) ?? undefined;
  const [since, until] = [given('since'), given('until')];
  const filter = {
    actor_id: Number(given('actor')) || undefined,
    dialect: given('through'),
    subject: given('subject'),
    action: given('action'),
    since: since && startOf(since, workspace.time_zone),
    until: until && endOf(until, workspace.time_zone),
  };
  const query = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => ask(api.GET('/api/v1/events/newest', { params: { query: { ...filter, limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => (page.has_more ? (page.next_cursor ?? undefined) : undefined),
    enabled: isAdmin,
  });
  const rows = query.data?.pages.flatMap(page => page.data) ?? [];
  const { nameOf, currencyOf } = useAuditNames(rows);
  if (!isAdmin) return <Forbidden>The audit log is for admins.</Forbidden>;
  return (
    <Section
      title="Audit log"
      lead="Every write appends a line, in the same transaction. Lines are never changed; only removing a record for good takes its lines away."
    >
      <AuditFilters given={given} set={set} />
      {query.data && rows.length === 0 ? (
        <FilteredOut what="lines" onClear={() => setParams({}, { replace: true })} />
      ) : (
        <Rows
          label="Audit log"
          query={{ ...query, data: query.data && { data: rows } }}
          head={['When', 'Who', 'Through', 'What', 'Changes']}
          empty="Nothing was written yet."
        >
          {event => <AuditLine key={event.id} event={event} nameOf={nameOf} currency={currencyOf(event.deal_id)} />}
        </Rows>
      )}
      {query.hasNextPage && (
        <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Older
        </Button>
      )}
    </Section>
  );
}
