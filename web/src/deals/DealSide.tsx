import { useCatalog } from '../api/catalog';
import type { Deal, DealPatch } from '../api/types';
import { CustomFields } from '../custom/CustomFields';
import { dialectName } from '../past/words';
import { SideSection } from '../side/SideSection';
import { useFormat } from '../ui/useFormat';
import classes from './Deal.module.css';
import { DealContacts } from './DealContacts';
import { DealOrganization } from './DealOrganization';
import { DealSummary } from './DealSummary';

type Props = { deal: Deal; save: (patch: DealPatch, done?: string) => void };

/** What is known about the deal, each value changed where it stands. */
export const DealSide = ({ deal, save }: Props) => {
  const catalog = useCatalog();
  const format = useFormat();
  return (
    <div className={classes.side}>
      <DealSummary deal={deal} save={save} />
      <DealOrganization deal={deal} save={save} />
      <DealContacts deal={deal} />
      <CustomFields subject="deal" values={deal.custom} currency={deal.currency} save={save} />
      <SideSection title="Origin">
        <span className={classes.faint}>
          Added {format.instant(deal.added_at)} by {catalog.user(deal.creator_id)?.name ?? 'the server'} through{' '}
          {dialectName(deal.provenance)}. Changed {deal.updated_at ? format.ago(deal.updated_at) : ''}. Version {deal.version}.
        </span>
      </SideSection>
    </div>
  );
};
