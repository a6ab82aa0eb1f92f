import { useClipboard } from '@mantine/hooks';
import { CopyIcon } from '../ui/CopyIcon';
import { type Condition, complete, write } from './condition';
import type { FilterSubject } from './fields';

const lists: Record<FilterSubject, string> = {
  deal: 'deals',
  person: 'persons',
  organization: 'organizations',
  product: 'products',
  activity: 'activities',
  lead: 'leads',
};

/** The address at which our own API answers the same question. */
export const queryOf = (subject: FilterSubject, condition: Condition | null, origin: string) => {
  const where = write(complete(condition));
  return `${origin}/api/v1/${lists[subject]}${where ? `?where=${encodeURIComponent(where)}` : ''}`;
};

/** A filter, for whoever asks by program. */
export const CopyQuery = ({ subject, condition }: { subject: FilterSubject; condition: Condition | null }) => {
  const clipboard = useClipboard();
  return (
    <CopyIcon
      label="Copy as an API query"
      copied={clipboard.copied}
      onClick={() => clipboard.copy(queryOf(subject, condition, location.origin))}
    />
  );
};
