import type { Condition } from '../filters/condition';

/** The questions that a board is asked most. */
export type Chip = 'mine' | 'overdue' | 'today' | 'planned' | 'none' | 'rotting' | 'closing';

export const chipNames: Record<Chip, string> = {
  mine: 'Mine',
  overdue: 'Overdue',
  today: 'Due today',
  planned: 'Planned',
  none: 'No activity',
  rotting: 'Rotting',
  closing: 'Closing this month',
};

/** The condition a quick chip stands for. */
export const chipCondition = (chip: Chip, userId: number, today: string): Condition => {
  switch (chip) {
    case 'mine':
      return { field: 'owner_id', operator: 'equals', value: userId };
    case 'overdue':
      return { field: 'next_activity_on', operator: 'less', value: today };
    case 'today':
      return { field: 'next_activity_on', operator: 'equals', value: today };
    case 'planned':
      return { field: 'next_activity_on', operator: 'more', value: today };
    case 'none':
      return { field: 'next_activity_on', operator: 'is_empty' };
    case 'rotting':
      return { field: 'is_rotten', operator: 'equals', value: true };
    case 'closing':
      return { field: 'expected_close', operator: 'within', value: 'this_month' };
  }
};
