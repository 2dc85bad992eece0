import { createContext, useContext, useMemo } from 'react';
import { roles } from '@/api/contracts';
import { useSession } from '@/api/session';
import type { NavEntry } from '@/lib/feature';
import type { Registry } from './registry';

export const RegistryContext = createContext<Registry>({ pages: [], nav: [], commands: [] });

export const useRegistry = (): Registry => useContext(RegistryContext);

/** The entries that are of use to whoever is signed in. */
export function useNav(): readonly NavEntry[] {
  const { nav } = useRegistry();
  const role = useSession()?.user.role;
  return useMemo(() => nav.filter(({ least }) => least === undefined || (role !== undefined && roles.indexOf(role) >= roles.indexOf(least))), [nav, role]);
}
