/** What made the value of a pipeline rise or fall, in the API's words and in ours. */
export const movementNames: Record<string, string> = {
  new: 'New',
  moved_in: 'Moved in',
  reopened: 'Reopened',
  restored: 'Restored',
  grown: 'Grown',
  shrunk: 'Shrunk',
  won: 'Won',
  lost: 'Lost',
  moved_out: 'Moved out',
  removed: 'Removed',
};
