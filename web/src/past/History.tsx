import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { ApiEvent } from '../api/types';
import { ErrorState, LoadingRows } from '../ui/states';
import { Entries } from './Entries';
import { entriesOf } from './entry';

/** Far more than anybody reads of one product; the log itself has no end. */
const mostPages = 10;

const read = async (subject: 'product' | 'activity', subject_id: number) => {
  const events: ApiEvent[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await ask(api.GET('/api/v1/events', { params: { query: { subject, subject_id, limit: 500, cursor } } }));
    events.push(...answer.data);
    if (!answer.has_more) break;
    cursor = answer.next_cursor ?? undefined;
  }
  return events.reverse();
};

/** What was changed on a product or an activity, newest first. */
export const History = ({ of, id }: { of: 'product' | 'activity'; id: number }) => {
  const { data, error, refetch } = useQuery({ queryKey: ['timeline', of, id], queryFn: () => read(of, id) });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={3} />;
  return <Entries entries={data.flatMap(event => entriesOf(event, of === 'product' ? 'product_change' : 'activity_change'))} of={of} />;
};
