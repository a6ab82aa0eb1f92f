import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask } from '../api/client';
import type { FilterSubject } from '../filters/fields';
import { addressOf, type Kept, keptOf, keptOfAddress } from './kept';

/** The saved views of one kind of record that the user may see. */
export const useViews = (subject: FilterSubject) =>
  useQuery({
    queryKey: ['filters', subject],
    queryFn: () => ask(api.GET('/api/v1/filters', { params: { query: { subject, limit: 500 } } })),
  });

/**
 * Saved views of a screen that shows what its address says. Who comes without an address begins with the view they starred;
 * afterwards an empty address means what it says.
 */
export const useAddressViews = (subject: FilterSubject, passing: string[] = []) => {
  const [params, setParams] = useSearchParams();
  const { data, isLoading } = useViews(subject);
  const [mayBegin, setMayBegin] = useState(params.size === 0);
  const star = mayBegin && params.size === 0 ? data?.data.find(view => view.is_default) : undefined;
  useEffect(() => {
    if (isLoading) return;
    setMayBegin(false);
    if (star) setParams(addressOf(keptOf(star), star.id), { replace: true });
  }, [isLoading, star, setParams]);
  return {
    subject,
    kept: keptOfAddress(params, passing),
    current: Number(params.get('view')) || null,
    views: data?.data ?? [],
    onPick: (view: number | null, kept: Kept) => setParams(addressOf(kept, view)),
    /** The starred view is still to come: nothing should be asked for yet. */
    isBeginning: mayBegin && isLoading,
  };
};
