/** How far the server's time is from the machine's: nothing, except in a sandbox, which lives in days of its own. */
let ahead = 0;
let stood: number | null = null;

/** The moment on the server's clock. */
export const now = () => stood ?? Date.now() + ahead;

/** What the sandbox says its time is, and whether it stands. */
export const setClock = (at: string, stands: boolean, machine = Date.now()) => {
  const moment = Date.parse(at);
  ahead = moment - machine;
  stood = stands ? moment : null;
};
