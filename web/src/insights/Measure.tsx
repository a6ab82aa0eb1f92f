import { SegmentedControl } from '@mantine/core';
import type { useSetting } from './useReports';

export type CardProps = { at: ReturnType<typeof useSetting> };

/** One of a few ways to count. */
export const Switch = ({
  label,
  value,
  onChange,
  data,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  data: { value: string; label: string }[];
}) => <SegmentedControl size="xs" aria-label={label} value={value} onChange={onChange} data={data} />;

export const measureOf = (at: CardProps['at'], name: string) => (at.state.params.get(name) === 'value' ? 'value' : 'deals');

/** Deals counted, or what they are worth. */
export const Measure = ({ label, name, at }: CardProps & { label: string; name: string }) => (
  <Switch
    label={label}
    value={measureOf(at, name)}
    onChange={of => at.state.set({ [name]: of === 'deals' ? null : of })}
    data={[
      { value: 'deals', label: 'Deals' },
      { value: 'value', label: 'Value' },
    ]}
  />
);
