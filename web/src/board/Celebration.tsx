import { useReducedMotion } from '@mantine/hooks';
import { type CSSProperties, useEffect, useState } from 'react';
import classes from './Board.module.css';

const colors = ['#0b7285', '#2f9e44', '#e8a317', '#1864ab', '#a61e4d'];
const pieces = Array.from({ length: 28 }, (_, index) => index);

/** A second of confetti for a deal that was won; none for who wants no motion. */
export const Celebration = ({ times }: { times: number }) => {
  const isStill = useReducedMotion();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (times === 0 || isStill) return;
    setShown(true);
    const timer = setTimeout(() => setShown(false), 1500);
    return () => clearTimeout(timer);
  }, [times, isStill]);
  if (!shown) return null;
  return (
    <div className={classes.celebration} aria-hidden>
      {pieces.map(piece => (
        <span
          key={`${times} ${piece}`}
          style={
            {
              '--angle': `${(piece * 360) / pieces.length}deg`,
              '--far': `${120 + ((piece * 53) % 140)}px`,
              background: colors[piece % colors.length],
            } as CSSProperties
          }
        />
      ))}
    </div>
  );
};
