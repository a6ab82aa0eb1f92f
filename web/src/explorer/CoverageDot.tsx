import { Tooltip } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleDashed, IconCircleHalf2, IconExclamationCircle } from '@tabler/icons-react';
import type { Coverage } from './document';

const looks = {
  full: { icon: IconCircleCheckFilled, color: 'var(--t-won)', label: 'Full: as its vendor documents it' },
  partial: { icon: IconCircleHalf2, color: 'var(--t-none)', label: 'Partial' },
  differs: { icon: IconExclamationCircle, color: 'var(--t-none)', label: 'Differs' },
  absent: { icon: IconCircleDashed, color: 'var(--t-dim)', label: 'Absent' },
} as const;

/** How well an operation matches its vendor's: a shape and a word, not colour alone. */
export const CoverageDot = ({ coverage, note }: { coverage: Coverage; note?: string }) => {
  const { icon: Icon, color, label } = looks[coverage];
  return (
    <Tooltip label={note ? `${label}. ${note}` : label} multiline maw={320}>
      <Icon size={14} color={color} role="img" aria-label={label} style={{ flexShrink: 0 }} />
    </Tooltip>
  );
};
