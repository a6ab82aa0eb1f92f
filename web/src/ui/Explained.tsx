import { Tooltip, type TooltipProps } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Explained.module.css';

type Props = { tip: ReactNode; children: ReactNode; className?: string; position?: TooltipProps['position'] };

/** Something to read that has more to say: to a pointer, a finger and the Tab key alike. Escape closes it. */
export const Explained = ({ tip, children, className = '', position }: Props) => (
  <Tooltip label={tip} position={position} events={{ hover: true, focus: true, touch: true }}>
    <button type="button" className={`${classes.explained} ${className}`}>
      {children}
    </button>
  </Tooltip>
);
