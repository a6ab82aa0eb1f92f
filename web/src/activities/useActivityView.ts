import { useSearchParams } from 'react-router';
import { useSession } from '../session/useSession';
import { firstDayOfWeek } from '../ui/format';
import { useFormat } from '../ui/useFormat';
import { useAddressViews } from '../views/useViews';
import { weekOf } from './days';

/** What the address says is shown of the activities. */
export const useActivityView = () => {
  const [search, setSearch] = useSearchParams();
  const { user } = useSession();
  const format = useFormat();
  const view = search.get('view') ?? 'list';
  const day = search.get('day') ?? format.today();
  const where = search.get('where');
  // A condition says itself whose activities are meant.
  const owner = search.get('owner') ?? (where ? 'all' : String(user.id));
  const type = search.get('type');
  const views = useAddressViews('activity', ['day']);
  // Links from elsewhere have conditions that name done and open ones themselves.
  const done = where?.includes('"done"') ? null : search.get('done') === 'true';
  const days = view === 'day' ? [day] : weekOf(day, firstDayOfWeek(format.locale));
  const set = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) value === null ? next.delete(name) : next.set(name, value);
    setSearch(next);
  };

  return {
    view,
    views,
    day,
    days,
    owner,
    type,
    where,
    done,
    isNarrowed: type !== null || where !== null || owner !== String(user.id) || done === true,
    set,
    clear: () => setSearch(view === 'list' ? {} : { view }),
  };
};

export type ActivityView = ReturnType<typeof useActivityView>;
