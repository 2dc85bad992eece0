import { useSyncExternalStore } from 'react';

/** A value outside React that components follow, optionally kept in the browser's storage. */
export interface Store<T> {
  get: () => T;
  set: (value: T) => void;
  subscribe: (listener: () => void) => () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return;
      current = value;
      listeners.forEach((listener) => listener());
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Like createStore, but remembered under `key`; `accept` turns what was stored into a value or refuses it with null. */
export function createStoredStore<T>(key: string, initial: T, accept: (text: string) => T | null, write: (value: T) => string): Store<T> {
  const store = createStore(read(key, accept) ?? initial);
  return {
    ...store,
    set: (value) => {
      try {
        localStorage.setItem(key, write(value));
      } catch {
        // Private windows may refuse storage; the choice then lasts as long as the tab.
      }
      store.set(value);
    },
  };
}

function read<T>(key: string, accept: (text: string) => T | null): T | null {
  try {
    const text = localStorage.getItem(key);
    return text === null ? null : accept(text);
  } catch {
    return null;
  }
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}
