import { IconAlertTriangle } from '@tabler/icons-react';
import type { Format } from '../ui/format';

/** A day near its date, red with a sign when it is past and should not be. */
export const Day = ({ day, isLate, format, none = '–' }: { day: string | null; isLate: boolean; format: Format; none?: string }) =>
  isLate && day ? (
    <span style={{ color: 'var(--t-overdue)', display: 'inline-flex', alignItems: 'center', gap: 4, verticalAlign: 'middle' }}>
      <IconAlertTriangle size={14} aria-label="Overdue" />
      {format.nearDay(day)}
    </span>
  ) : day ? (
    format.nearDay(day)
  ) : (
    none
  );
