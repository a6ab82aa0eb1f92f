import { useCallback, useMemo, useState } from 'react';
import { type Catalog, useCatalog } from '../api/catalog';
import type { Deal, DealPatch, Stage } from '../api/types';
import { useSession } from '../session/useSession';
import { notifyError } from '../ui/notify';
import { EntryDialog } from './EntryDialog';
import { type Mover, missing, outcome, whyNot } from './entry';

type Asked = { deals: Deal[]; to: Stage; names: string[]; go: (patch: DealPatch) => void };

/** Why some deals may not enter a stage, or null: the first reason that one of them gives. */
const refusalOf = (deals: Deal[], to: Stage | undefined, catalog: Catalog, mover: Mover): string | null => {
  if (!to) return null;
  const stages = catalog.stagesOf(to.pipeline_id);
  for (const deal of deals) {
    const reason = whyNot(deal, to, stages, mover);
    if (reason) return reason;
  }
  return null;
};

/** Brings deals into stages as the stages' rules ask: says no with the reason, or asks for what is missing, or lets them pass. */
export const useEntering = () => {
  const catalog = useCatalog();
  const { user } = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);

  const refusal = useCallback((deals: Deal[], to: Stage | undefined) => refusalOf(deals, to, catalog, user), [catalog, user]);
  const enter = useCallback(
    (deals: Deal[], to: Stage | undefined, go: (patch: DealPatch) => void) => {
      if (!to) return go({});
      const reason = refusalOf(deals, to, catalog, user);
      if (reason) return notifyError(new Error(`${reason}.`), deals.length === 1 ? `“${deals[0]!.title}” stays` : 'The deals stay');
      const names = missing(deals, to, catalog.fields);
      if (names.length === 0) return go({});
      setAsked({ deals, to, names, go });
    },
    [catalog, user],
  );
  const closing = useCallback(
    (kind: 'won' | 'lost', deal: Deal | undefined) => (deal ? outcome(kind, deal.pipeline_id, catalog.stages) : undefined),
    [catalog],
  );

  const dialog = asked && (
    <EntryDialog
      {...asked}
      onClose={() => setAsked(null)}
      onDone={patch => {
        setAsked(null);
        asked.go(patch);
      }}
    />
  );
  return useMemo(() => ({ enter, refusal, closing, dialog }), [enter, refusal, closing, dialog]);
};

export type Entering = ReturnType<typeof useEntering>;
