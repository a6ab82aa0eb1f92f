import type { Catalog } from '../api/catalog';
import type { Deal } from '../api/types';
import { usePreferences } from '../app/preferences';
import { CustomValue } from '../custom/CustomValue';
import { useFormat } from '../ui/useFormat';
import classes from './Board.module.css';
import { cardFields, chosenFields } from './cardFields';

type Props = { deal: Deal; catalog: Catalog };

/** The custom fields that somebody chose to see on cards. */
export const CardFields = ({ deal, catalog }: Props) => {
  const format = useFormat();
  const wanted = chosenFields(usePreferences(), deal.pipeline_id);
  const values = deal.custom as Record<string, unknown>;
  const shown = cardFields(catalog.fields).filter(field => wanted.includes(field.slug) && values[field.slug] != null);
  if (shown.length === 0) return null;
  return (
    <dl className={classes.extra}>
      {shown.map(field => (
        <div key={field.id}>
          <dt>{field.name}</dt>
          <dd dir="auto">
            <CustomValue field={field} value={values[field.slug]} catalog={catalog} format={format} />
          </dd>
        </div>
      ))}
    </dl>
  );
};
