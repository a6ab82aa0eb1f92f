import { Group, PasswordInput, Select } from '@mantine/core';
import type { DialectName } from './dialects';
import type { Credential } from './useCredentials';

type Props = {
  dialect: DialectName;
  choices: Credential[];
  chosen: number;
  onChoose: (index: number) => void;
  typed: string;
  onType: (key: string) => void;
};

/** Whose call it is. A typed key stays in this tab. */
export const CredentialPicker = ({ dialect, choices, chosen, onChoose, typed, onType }: Props) => (
  <Group gap="xs" align="end">
    <Select
      size="xs"
      label="Key"
      data={choices.map((one, index) => ({ value: String(index), label: one.label }))}
      value={String(chosen)}
      onChange={value => onChoose(Number(value ?? 0))}
      allowDeselect={false}
    />
    {chosen === choices.length - 1 && (
      <PasswordInput
        size="xs"
        w={240}
        label={dialect === 'ysuite' ? 'Access key and secret, a blank between' : dialect === 'cpod' ? 'Access token' : 'Key'}
        value={typed}
        onChange={event => onType(event.currentTarget.value)}
        autoComplete="off"
      />
    )}
  </Group>
);
