import { createContext, useContext } from 'react';
import type { User, Workspace } from '../api/types';

export type Session = {
  user: User;
  workspace: Workspace;
  isAdmin: boolean;
  /** Admins and managers change what shapes everyone's work. */
  mayManage: boolean;
  /** A throw-away server with fixed data, whose state and clock can be steered under /_sandbox. */
  isSandbox: boolean;
  signOut: () => Promise<void>;
};

export const SessionContext = createContext<Session | null>(null);

/** Who is signed in. Everything below the gate may count on somebody. */
export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs SessionGate above it.');
  return session;
};
