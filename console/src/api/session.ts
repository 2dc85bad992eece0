import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { request, setCsrfToken } from './client';
import { roles, type Role, type Session } from './contracts';
import { ApiProblem } from './problem';

const path = '/api/v1/session';

async function readSession(signal?: AbortSignal): Promise<Session | null> {
  try {
    const session = await request<Session>('GET', path, { signal });
    setCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) {
      setCsrfToken(null);
      return null;
    }
    throw error;
  }
}

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => readSession(signal),
  staleTime: 60_000,
});

/** The session of a signed-in page. The shell shows nothing below it without one. */
export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data ?? undefined;
}

export function useIsAdmin(): boolean {
  return useSession()?.user.role === 'admin';
}

/** Whether whoever is signed in may do what this role may. */
export function useIsAtLeast(least: Role): boolean {
  const role = useSession()?.user.role;
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(least);
}

/** Reads the session anew after it changed, and forgets everything that belonged to the one before. */
export function useSessionChanged(): () => Promise<Session | null> {
  const client = useQueryClient();
  return useCallback(async () => {
    const session = await readSession();
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
    client.setQueryData(sessionQuery.queryKey, session);
    return session;
  }, [client]);
}

export const signIn = (name: string, password: string): Promise<void> => request('POST', path, { body: { name, password } });
export const signInByLink = (token: string): Promise<void> => request('POST', `${path}/link`, { body: { token } });
export const signOut = (): Promise<void> => request('DELETE', path);
export const chooseTenant = (tenant: string): Promise<void> => request('PUT', `${path}/tenant`, { body: { tenant } });
export const choosePassword = (newPassword: string, currentPassword?: string): Promise<void> =>
  request('PUT', `${path}/password`, { body: currentPassword === undefined ? { newPassword } : { currentPassword, newPassword } });

/** Shortest password the server takes. */
export const shortestPassword = 12;

export type { Role };
