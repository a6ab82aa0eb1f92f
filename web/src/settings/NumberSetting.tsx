import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';

type NumberProps = {
  label: string;
  value: number;
  max: number;
  min?: number;
  suffix?: string;
  disabled?: boolean;
  onSave: (value: number) => Promise<boolean>;
  onType?: (value: number) => void;
};

/** A number that is saved when one leaves it or presses Enter; a refusal puts it back. */
export const NumberSetting = ({ label, value, min = 0, max, suffix, disabled, onSave, onType }: NumberProps) => {
  const [text, setText] = useState<number | string>(value);
  useEffect(() => setText(value), [value]);
  const save = async () => {
    if (typeof text !== 'number' || text === value || !(await onSave(text))) setText(value);
  };
  return (
    <NumberInput
      label={label}
      size="xs"
      min={min}
      max={max}
      suffix={suffix}
      disabled={disabled}
      value={text}
      onChange={next => {
        setText(next);
        if (typeof next === 'number') onType?.(next);
      }}
      onBlur={() => void save()}
      onKeyDown={event => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
};
