/** Who is logged in, and what their role allows. The server enforces it; the page only hides the rest. */
import { createContext, type ReactNode, useContext } from 'react';

const ROLES = ['user', 'editor', 'admin', 'superadmin'] as const;

export type Role = (typeof ROLES)[number];
export type SessionUser = { id: number; username: string; role: Role };

const SessionContext = createContext<SessionUser | null>(null);

export function SessionProvider({ user, children }: { user: SessionUser; children: ReactNode }) {
  return <SessionContext.Provider value={user}>{children}</SessionContext.Provider>;
}

export function useSession(): SessionUser {
  const user = useContext(SessionContext);
  if (user === null) throw new Error('useSession needs a SessionProvider around it');
  return user;
}

export function roleReaches(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** `useCan('editor')`: may this person do what needs at least this role? */
export function useCan(least: Role): boolean {
  return roleReaches(useSession().role, least);
}
