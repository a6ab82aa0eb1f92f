import { Select, TagsInput } from '@mantine/core';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { FormModal } from '../ui/FormModal';
import { useGiven } from '../ui/useGiven';
import { ScopesPicker } from './Credentials';
import { NameField } from './NameField';

export type App = components['schemas']['App'];
export type Created = components['schemas']['CreatedApp'];
/** Registers a program that has users of its own. */
export const NewApp = ({ onClose, onMade }: { onClose: () => void; onMade: (app: Created) => void }) => {
  const [given, set] = useGiven({ name: '', dialect: 'cpod' as App['dialect'], scopes: ['*'], redirect_uris: [] as string[] });
  const { redirect_uris, ...rest } = given;
  return (
    <FormModal
      title="New app"
      submit="Register"
      keys={['apps']}
      onClose={onClose}
      onSubmit={async () =>
        onMade(await ask(api.POST('/api/v1/apps', { body: { ...rest, ...(given.dialect === 'pipedrive' ? { redirect_uris } : {}) } })))
      }
    >
      {errors => (
        <>
          <NameField value={given.name} error={errors.name} onChange={name => set({ name })} />
          <Select
            label="API"
            allowDeselect={false}
            value={given.dialect}
            onChange={dialect => set({ dialect: (dialect ?? 'cpod') as App['dialect'] })}
            data={[
              { value: 'cpod', label: 'cPod: acts for itself' },
              { value: 'pipedrive', label: 'Pipedrive: acts for users who allow it' },
            ]}
          />
          <ScopesPicker value={given.scopes} error={errors.scopes} onChange={next => set({ scopes: next })} />
          {given.dialect === 'pipedrive' && (
            <TagsInput
              label="Where users are sent back to"
              placeholder="https://…"
              value={given.redirect_uris}
              error={errors.redirect_uris}
              onChange={next => set({ redirect_uris: next })}
            />
          )}
        </>
      )}
    </FormModal>
  );
};
