import { TextInput } from '@mantine/core';

type Props = { value: string; error?: string; description?: string; onChange: (name: string) => void };

/** The name that a form begins with. */
export const NameField = ({ value, error, description, onChange }: Props) => (
  <TextInput
    label="Name"
    description={description}
    required
    data-autofocus
    value={value}
    error={error}
    onChange={event => onChange(event.currentTarget.value)}
  />
);
