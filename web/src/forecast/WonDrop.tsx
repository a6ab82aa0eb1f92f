import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { IconTrophy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import classes from './Forecast.module.css';

/** Slides up while a deal is dragged: dropped here, it is won. */
export const WonDrop = () => {
  const frame = useRef<HTMLDivElement>(null);
  const [isOver, setIsOver] = useState(false);
  useEffect(
    () =>
      dropTargetForElements({
        element: frame.current!,
        canDrop: ({ source }) => source.data.kind === 'forecast-card',
        getData: () => ({ kind: 'won' }),
        onDragEnter: () => setIsOver(true),
        onDragLeave: () => setIsOver(false),
        onDrop: () => setIsOver(false),
      }),
    [],
  );
  return (
    <div ref={frame} className={classes.wonDrop} data-over={isOver || undefined}>
      <IconTrophy size={20} aria-hidden /> Won
    </div>
  );
};
