import { Tooltip } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { useCatalog } from '../api/catalog';
import { useSession } from '../session/useSession';
import { SideSection } from '../side/SideSection';
import { mayEdit } from '../stages/entry';
import { Inline } from '../ui/Inline';
import { useFormat } from '../ui/useFormat';
import { CustomEditor } from './CustomEditor';
import classes from './CustomFields.module.css';
import { CustomValue } from './CustomValue';

type Props = {
  subject: 'deal' | 'person' | 'organization' | 'product';
  values: object;
  /** What an amount begins with that has none yet. */
  currency: string;
  /** Left out where nothing may be changed. */
  save?: (patch: { custom: Record<string, unknown> }) => void;
};

/** The workspace's own fields of a record, under the headings that they were given. */
export const CustomFields = ({ subject, values, currency, save }: Props) => {
  const catalog = useCatalog();
  const { user } = useSession();
  const format = useFormat();
  const fields = catalog.fields.filter(field => field.subject === subject).sort((a, b) => a.position - b.position);
  const groups = [...new Set(fields.map(field => field.group ?? null))].sort((a, b) => Number(a !== null) - Number(b !== null));
  const given = (slug: string) => (values as Record<string, unknown>)[slug];
  return groups.map(group => (
    <SideSection key={group} title={group ?? 'Custom fields'}>
      {fields
        .filter(field => (field.group ?? null) === group)
        .map(field => (
          <Inline
            key={field.id}
            label={field.name}
            aside={subject === 'deal' ? <PastOf field={field.name} /> : undefined}
            editor={
              save && mayEdit(field, user)
                ? close => (
                    <CustomEditor
                      field={field}
                      value={given(field.slug) ?? null}
                      currency={currency}
                      close={close}
                      onSave={value => save({ custom: { [field.slug]: value } })}
                    />
                  )
                : undefined
            }
          >
            <CustomValue field={field} value={given(field.slug)} catalog={catalog} format={format} />
          </Inline>
        ))}
    </SideSection>
  ));
};

/** The way to what a field of the open deal was before. */
const PastOf = ({ field }: { field: string }) => {
  const [params] = useSearchParams();
  const next = new URLSearchParams(params);
  next.set('part', 'history');
  next.set('field', field);
  return (
    <Tooltip label="History">
      <Link to={{ search: next.toString() }} replace className={classes.past} aria-label={`History of ${field}`}>
        <IconHistory size={14} aria-hidden />
      </Link>
    </Tooltip>
  );
};
