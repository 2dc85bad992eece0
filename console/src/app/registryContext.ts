import { createContext, useContext } from 'react';
import type { Registry } from './registry';

export const RegistryContext = createContext<Registry>({ pages: [], nav: [], commands: [] });

export const useRegistry = (): Registry => useContext(RegistryContext);
