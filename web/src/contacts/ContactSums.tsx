import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../api/client';
import { write } from '../filters/condition';
import { StatusBadge } from '../ui/StatusBadge';
import { useFormat } from '../ui/useFormat';
import classes from './Contacts.module.css';
import { type Kind, kinds } from './kinds';

const statuses = ['open', 'won', 'lost'] as const;

/** What the deals with a contact come to; each sum leads to its deals. */
export const ContactSums = ({ kind, id }: { kind: Kind; id: number }) => {
  const format = useFormat();
  const where = write({ field: kind === 'person' ? 'person_id' : 'org_id', operator: 'in', values: [id] })!;
  const sums = useQuery({
    queryKey: ['deals', 'summary', kind, id],
    queryFn: () => Promise.all(statuses.map(status => ask(api.GET('/api/v1/deals/summary', { params: { query: { where, status } } })))),
  });
  const counts = useQuery({ queryKey: [kind, id, 'counts'], queryFn: () => kinds[kind].counts(id) });
  return (
    <dl className={classes.sums} aria-label="Totals">
      {statuses.map((status, at) => {
        const sum = sums.data?.[at];
        return (
          <div key={status}>
            <dt>
              <StatusBadge status={status} />
            </dt>
            <dd>
              <strong className="tabular">{sum ? format.money(sum.value, sum.converted_to) : sums.error ? '–' : '…'}</strong>
              {sum && sum.deals > 0 ? (
                <Link to={`/deals/list?${new URLSearchParams({ tab: status, where })}`}>{deals(sum.deals, format.number)}</Link>
              ) : (
                <span>{sum ? 'No deals' : ''}</span>
              )}
            </dd>
          </div>
        );
      })}
      <div>
        <dt>Activities to do</dt>
        <dd>
          <strong className="tabular">{counts.data ? format.number(counts.data.undone_activities) : counts.error ? '–' : '…'}</strong>
          <span>{counts.data ? `${format.number(counts.data.done_activities)} done` : ''}</span>
        </dd>
      </div>
    </dl>
  );
};

const deals = (count: number, number: (value: number) => string) => `${number(count)} ${count === 1 ? 'deal' : 'deals'}`;
