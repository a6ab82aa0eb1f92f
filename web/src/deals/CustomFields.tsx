import { useCatalog } from '../api/catalog';
import type { Deal, DealPatch } from '../api/types';
import { useSession } from '../session/useSession';
import { mayEdit } from '../stages/entry';
import { Inline } from '../ui/Inline';
import { useFormat } from '../ui/useFormat';
import { CustomEditor } from './CustomEditor';
import { CustomValue } from './CustomValue';
import { Section } from './DealSide';

type Props = { deal: Deal; save: (patch: DealPatch) => void };

/** The workspace's own fields of deals, under the headings that they were given. */
export const CustomFields = ({ deal, save }: Props) => {
  const catalog = useCatalog();
  const { user } = useSession();
  const format = useFormat();
  const fields = catalog.fields.filter(field => field.subject === 'deal').sort((a, b) => a.position - b.position);
  const groups = [...new Set(fields.map(field => field.group ?? null))].sort((a, b) => Number(a !== null) - Number(b !== null));
  const values = deal.custom as Record<string, unknown>;
  return groups.map(group => (
    <Section key={group} title={group ?? 'Custom fields'}>
      {fields
        .filter(field => (field.group ?? null) === group)
        .map(field => (
          <Inline
            key={field.id}
            label={field.name}
            editor={
              mayEdit(field, user)
                ? close => (
                    <CustomEditor
                      field={field}
                      value={values[field.slug] ?? null}
                      deal={deal}
                      close={close}
                      onSave={value => save({ custom: { [field.slug]: value } })}
                    />
                  )
                : undefined
            }
          >
            <CustomValue field={field} value={values[field.slug]} catalog={catalog} format={format} />
          </Inline>
        ))}
    </Section>
  ));
};
