import { Menu, MultiSelect, Text } from '@mantine/core';
import { IconRefresh, IconTrash } from '@tabler/icons-react';
import { FormModal } from '../ui/FormModal';
import { RowMenu } from '../ui/RowMenu';
import { Tone } from '../ui/Tone';
import { scopes } from './names';

type Change = 'rotate' | 'revoke';

type MenuProps = { name: string; isRevoked: boolean; rotate: string; onAsk: (what: Change) => void; children?: React.ReactNode };

/** What can be done with a credential while it opens something. */
export const CredentialMenu = ({ name, isRevoked, rotate, onAsk, children }: MenuProps) =>
  isRevoked ? (
    <Tone>Revoked</Tone>
  ) : (
    <RowMenu name={name}>
      {children}
      <Menu.Item leftSection={<IconRefresh size={15} aria-hidden />} onClick={() => onAsk('rotate')}>
        {rotate}
      </Menu.Item>
      <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={() => onAsk('revoke')}>
        Revoke…
      </Menu.Item>
    </RowMenu>
  );

type ChangeProps = {
  what: Change;
  name: string;
  /** What is replaced: its text, its secret. */
  part: string;
  keys: string[];
  onRotate: () => Promise<unknown>;
  onRevoke: () => Promise<unknown>;
  onClose: () => void;
};

/** Asks before a credential stops working. */
export const CredentialChange = ({ what, name, part, keys, onRotate, onRevoke, onClose }: ChangeProps) => (
  <FormModal
    title={what === 'revoke' ? `Revoke ${name}?` : `Give ${name} another ${part}?`}
    submit={what === 'revoke' ? 'Revoke for good' : 'Replace'}
    danger
    keys={keys}
    done={what === 'revoke' ? `${name} revoked.` : undefined}
    onClose={onClose}
    onSubmit={what === 'revoke' ? onRevoke : onRotate}
  >
    {() => <Text size="sm">Whatever uses it now stops working at once.</Text>}
  </FormModal>
);

/** What a credential opens. */
export const ScopesPicker = ({ value, error, onChange }: { value: string[]; error?: string; onChange: (scopes: string[]) => void }) => (
  <MultiSelect label="Scopes" searchable value={value} error={error} onChange={onChange} data={scopes} />
);
