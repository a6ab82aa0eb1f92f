import { IconBuilding, IconCalendarDue, IconUser } from '@tabler/icons-react';
import type { Catalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';

type Props = { deal: Deal; catalog: Catalog };

/** Who would buy, for how much, and by when. */
export const CardFacts = ({ deal, catalog }: Props) => {
  const format = useFormat();
  const isLate = deal.expected_close !== null && deal.expected_close < format.today();
  const labels = deal.label_ids.flatMap(id => catalog.label(id) ?? []);
  return (
    <>
      {(deal.organization || deal.person) && (
        <div className={classes.who}>
          {deal.organization && (
            <span>
              <IconBuilding size={13} aria-hidden />
              <span dir="auto">{deal.organization.name}</span>
            </span>
          )}
          {deal.person && (
            <span>
              <IconUser size={13} aria-hidden />
              <span dir="auto">{deal.person.name}</span>
            </span>
          )}
        </div>
      )}
      <div className={classes.worth}>
        <strong className="tabular">{format.money(deal.value, deal.currency)}</strong>
        {labels.slice(0, 3).map(label => (
          <span key={label.id} className={classes.label} style={{ '--label': label.color } as React.CSSProperties} title={label.name}>
            <span className="visually-hidden">{label.name}</span>
          </span>
        ))}
        {labels.length > 3 && <span className={classes.small}>+{labels.length - 3}</span>}
        <span className={classes.spring} />
        {deal.expected_close && (
          <span className={classes.small} data-late={isLate || undefined} title={isLate ? 'Expected close is past' : 'Expected close'}>
            <IconCalendarDue size={12} aria-hidden />
            {format.day(deal.expected_close)}
          </span>
        )}
      </div>
    </>
  );
};
