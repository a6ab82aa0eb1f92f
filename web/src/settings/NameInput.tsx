import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

type Props = {
  label: string;
  value: string;
  disabled?: boolean;
  onSave: (text: string) => Promise<boolean>;
  w?: number | string;
  size?: string;
};

/** A name that is saved when one leaves it or presses Enter; Escape, or a refusal, puts it back. */
export const NameInput = ({ label, value, disabled, onSave, w, size }: Props) => {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const save = async () => {
    const next = text.trim();
    if (next === value) setText(value);
    else if (!next || !(await onSave(next))) setText(value);
  };
  return (
    <TextInput
      aria-label={label}
      value={text}
      disabled={disabled}
      w={w}
      size={size}
      onChange={event => setText(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={event => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          event.stopPropagation();
          setText(value);
        }
      }}
    />
  );
};
