import { peakOf } from './hours';
import classes from './Settings.module.css';

/** What each hour of the day cost, from midnight UTC on. */
export const KeyHours = ({ hours }: { hours: number[] }) => {
  const peak = peakOf(hours);
  return (
    <div
      className={classes.hours}
      role="img"
      aria-label={peak ? `Cost by hour, UTC. Most at ${peak.hour}:00: ${peak.cost}.` : 'Nothing was called today.'}
    >
      {hours.map((cost, hour) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place.
        <span key={hour} title={`${hour}:00 · ${cost}`}>
          <i style={{ height: `${peak ? Math.max(cost > 0 ? 3 : 0, (cost / peak.cost) * 100) : 0}%` }} />
          {hour % 6 === 0 && <small>{hour}:00</small>}
        </span>
      ))}
    </div>
  );
};
