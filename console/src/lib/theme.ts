import { createStoredStore, useStore } from './store';

export type Theme = 'system' | 'light' | 'dark';
export const themes: readonly Theme[] = ['system', 'light', 'dark'];

export const themeStore = createStoredStore<Theme>(
  'signalbox.theme',
  'system',
  (text) => themes.find((theme) => theme === text) ?? null,
  (value) => value,
);

export const useTheme = (): Theme => useStore(themeStore);

const darkQuery = () => window.matchMedia('(prefers-color-scheme: dark)');

/** Keeps the document's theme attribute in step with the choice; call once at start. */
export function followTheme(): void {
  const apply = () => {
    const theme = themeStore.get();
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    notify();
  };
  themeStore.subscribe(apply);
  darkQuery().addEventListener('change', notify);
  apply();
}

const listeners = new Set<() => void>();
const notify = () => listeners.forEach((listener) => listener());

/** Calls back when colours on screen changed, by choice or by the system; canvases then draw again. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
