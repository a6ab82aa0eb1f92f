import { Select, TagsInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { api, ask } from '../api/client';
import type { components } from '../api/types';
import { UserPicker } from '../pickers/pickers';
import { useSession } from '../session/useSession';
import { FormModal } from '../ui/FormModal';
import { useGiven } from '../ui/useGiven';
import { ScopesPicker } from './Credentials';
import { NameField } from './NameField';
import { dialectName } from './names';
import { endOf } from './zone';

export type Key = components['schemas']['ApiKey'];
export type Created = components['schemas']['CreatedApiKey'];
/** A key for a program: which API, for whom, how much, from where and how long. */
export const NewKey = ({ onClose, onMade }: { onClose: () => void; onMade: (key: Created) => void }) => {
  const { user, workspace, isAdmin } = useSession();
  const [given, set] = useGiven({
    name: '',
    dialect: 'native' as Key['dialect'],
    user_id: user.id,
    scopes: ['*'],
    allowed_ips: [] as string[],
    expires: null as string | null,
  });
  const make = async () => {
    const { expires, allowed_ips, ...rest } = given;
    const body = {
      ...rest,
      ...(allowed_ips.length > 0 ? { allowed_ips } : {}),
      ...(expires ? { expires_at: endOf(expires, workspace.time_zone) } : {}),
    };
    onMade(await ask(api.POST('/api/v1/keys', { body })));
  };
  return (
    <FormModal title="New API key" submit="Make the key" keys={['keys']} onClose={onClose} onSubmit={make}>
      {errors => (
        <>
          <NameField description="What it is for" value={given.name} error={errors.name} onChange={name => set({ name })} />
          <Select
            label="API"
            description="cPod's credentials are apps"
            allowDeselect={false}
            value={given.dialect}
            error={errors.dialect}
            onChange={dialect => set({ dialect: (dialect ?? 'native') as Key['dialect'] })}
            data={(['native', 'pipedrive', 'automatenexus', 'switch', 'ysuite'] as const).map(value => ({
              value,
              label: dialectName(value),
            }))}
          />
          {isAdmin && (
            <UserPicker label="Acts for" value={given.user_id} onChange={id => set({ user_id: id ?? user.id })} error={errors.user_id} />
          )}
          <ScopesPicker value={given.scopes} error={errors.scopes} onChange={next => set({ scopes: next })} />
          <TagsInput
            label="Addresses or networks"
            placeholder="anywhere"
            description="For example 192.0.2.0/24"
            value={given.allowed_ips}
            error={errors.allowed_ips}
            onChange={next => set({ allowed_ips: next })}
          />
          <DateInput
            label="Expires"
            placeholder="never"
            clearable
            valueFormat="YYYY-MM-DD"
            value={given.expires}
            error={errors.expires_at}
            onChange={next => set({ expires: next })}
          />
        </>
      )}
    </FormModal>
  );
};
