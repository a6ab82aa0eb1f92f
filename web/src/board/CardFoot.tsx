import { IconFlame, IconPackage, IconPaperclip } from '@tabler/icons-react';
import type { Catalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { usePreferences } from '../app/preferences';
import { now } from '../ui/clock';
import { UserAvatar } from '../ui/UserAvatar';
import { useFormat } from '../ui/useFormat';
import { ActivityState } from './ActivityState';
import classes from './Board.module.css';

type Props = { deal: Deal; catalog: Catalog; rotten: number | null; onPlan: () => void };

/** Whose it is, what is next, and how long it has been here. */
export const CardFoot = ({ deal, catalog, rotten, onPlan }: Props) => {
  const format = useFormat();
  const preferences = usePreferences();
  const inStage = format.daysSince(deal.stage_changed_at ?? deal.added_at ?? new Date(now()).toISOString());
  return (
    <div className={classes.foot}>
      <UserAvatar user={catalog.user(deal.owner_id)} size={22} />
      <ActivityState deal={deal} onPlan={onPlan} />
      <span className={classes.spring} />
      {preferences.cardCounts && deal.facts && deal.facts.products > 0 && (
        <span className={classes.small} title={`${deal.facts.products} products`}>
          <IconPackage size={12} aria-hidden />
          {deal.facts.products}
        </span>
      )}
      {preferences.cardCounts && deal.facts && deal.facts.files > 0 && (
        <span className={classes.small} title={`${deal.facts.files} files`}>
          <IconPaperclip size={12} aria-hidden />
          {deal.facts.files}
        </span>
      )}
      {rotten !== null && (
        <span className={classes.rotten} title={`No change since ${format.instant(deal.facts?.touched_at)}`}>
          <IconFlame size={12} aria-hidden />
          {rotten}d
        </span>
      )}
      <span className={classes.small} title="Days in this stage">
        {inStage}d
      </span>
    </div>
  );
};
