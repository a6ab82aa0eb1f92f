/** "3 d", "5 h", "12 min": how long a deal was in a stage. */
export const duration = (seconds: number): string => {
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} d`;
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.max(0, Math.round(seconds / 60))} min`;
};

/** Seconds in each stage, several stays added up. */
export const stays = (history: { stage_id: number; seconds: number; entered_at: string | null; left_at: string | null }[]) => {
  const sums = new Map<number, { seconds: number; entered: string | null; left: string | null }>();
  for (const stay of history) {
    const before = sums.get(stay.stage_id);
    sums.set(stay.stage_id, {
      seconds: (before?.seconds ?? 0) + stay.seconds,
      entered: before?.entered ?? stay.entered_at,
      left: stay.left_at,
    });
  }
  return sums;
};
